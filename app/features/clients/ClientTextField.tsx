import { LiveField } from '#app/live/LiveField.tsx'
import { TextField, type TextFieldProps } from '#app/ui/TextField.tsx'
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
  return (
    <TextField
      {...props}
      id={name}
      name={name}
      autoComplete="off"
      value={form.typed[name]}
      onChange={(value) => form.change({ [name]: value })}
      error={mistakeOf(name)}
    />
  )
}
