import { TextField } from '#app/ui/TextField.tsx'

export interface CodeFieldProps {
  label: string
  hint?: string
  error: string | undefined
  defaultValue?: string | undefined
}

/** A one-time code, with letters or without: no keyboard of figures only, because a recovery code has letters. */
export function CodeField({ defaultValue = '', ...props }: CodeFieldProps) {
  return (
    <TextField
      id="code"
      name="code"
      autoComplete="one-time-code"
      spellCheck="false"
      maxLength={40}
      figures
      defaultValue={defaultValue}
      {...props}
    />
  )
}
