import { memo, useCallback } from 'react'
import { LiveField } from '#app/live/LiveField.tsx'
import { TextField, type TextFieldProps } from '#app/ui/TextField.tsx'
import { useLatest } from '#app/ui/useLatest.ts'
import type { TypedClient } from './typedClient.ts'
import type { ClientForm } from './useClientForm.ts'

/** What every field of the form is given. */
export interface FormPart {
  form: ClientForm
  mistakeOf: (field: string) => string | undefined
}

export interface ClientTextFieldProps extends FormPart, Omit<TextFieldProps, 'form' | 'name' | 'id' | 'value' | 'onChange' | 'error'> {
  name: Exclude<keyof TypedClient, 'birth'>
}

/** Autocomplete is off: what the browser offers is the doctor's own name and phone. */
export function ClientTextField({ className, ...props }: ClientTextFieldProps) {
  return (
    <LiveField part={props.name} {...(className === undefined ? {} : { className })}>
      <ClientBox {...props} />
    </LiveField>
  )
}

/** One of several boxes of a fact: the fact as a whole says who else is at it. */
export function ClientBox({ form, mistakeOf, name, ...props }: ClientTextFieldProps) {
  const change = useLatest(form.change)
  const onChange = useCallback((value: string) => change.current({ [name]: value }), [change, name])
  return <Box {...props} id={name} name={name} autoComplete="off" value={form.typed[name]} onChange={onChange} error={mistakeOf(name)} />
}

/** A key in one box of a form draws no other one again: on a cheap tablet that is what typing waits for. */
const Box = memo(TextField)
