import { Checkbox } from '#app/ui/Checkbox.tsx'
import { FieldProblem, labelLook } from '#app/ui/FieldFrame.tsx'

export interface CheckboxListProps {
  /** Name of each box, and id of the first, which an error summary leads to. */
  name: string
  label: string
  choices: readonly { value: string; label: string; hint?: string }[]
  selected: readonly string[]
  error: string | undefined
}

export function CheckboxList({ name, label, choices, selected, error }: CheckboxListProps) {
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={error === undefined ? undefined : `${name}-error`}>
      <legend className={labelLook}>{label}</legend>
      {choices.map((choice, index) => (
        <Checkbox
          key={choice.value}
          id={index === 0 ? name : undefined}
          name={name}
          value={choice.value}
          hint={choice.hint}
          defaultSelected={selected.includes(choice.value)}
          aria-invalid={error !== undefined}
        >
          {choice.label}
        </Checkbox>
      ))}
      {error !== undefined && <FieldProblem id={`${name}-error`}>{error}</FieldProblem>}
    </fieldset>
  )
}
