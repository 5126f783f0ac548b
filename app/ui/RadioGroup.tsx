import { type ReactNode, useId } from 'react'
import { FieldProblem, Hint, labelLook } from './FieldFrame.tsx'
import type { Choice } from './Select.tsx'

export interface RadioGroupProps {
  label: string
  choices: readonly Choice[]
  /** The first choice's input gets it, so that an error summary can link there. */
  id?: string
  name?: string
  value?: string
  defaultValue?: string
  onChange?: (value: string) => void
  hint?: ReactNode
  error?: string | undefined
  className?: string
}

/** The browser's own, for the reason that Checkbox gives. */
export function RadioGroup({ label, choices, id, name, value, defaultValue, onChange, hint, error, className = '' }: RadioGroupProps) {
  const made = useId()
  const described = [hint !== undefined && `${made}-hint`, error !== undefined && `${made}-error`].filter(Boolean).join(' ')
  return (
    <fieldset aria-describedby={described === '' ? undefined : described} className={`flex min-w-0 flex-col gap-1.5 ${className}`}>
      <legend className={`${labelLook} mb-1.5`}>{label}</legend>
      {hint !== undefined && <Hint id={`${made}-hint`}>{hint}</Hint>}
      <div className="flex flex-wrap gap-x-6">
        {choices.map((choice, index) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              id={index === 0 ? id : undefined}
              name={name ?? made}
              value={choice.value}
              checked={value === undefined ? undefined : value === choice.value}
              defaultChecked={defaultValue === undefined ? undefined : defaultValue === choice.value}
              onChange={() => onChange?.(choice.value)}
              className="peer"
            />
            <span
              aria-hidden="true"
              className="size-6 shrink-0 rounded-full border-2 border-line-strong bg-surface peer-checked:border-7 peer-checked:border-primary peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus"
            />
            {choice.label}
          </label>
        ))}
      </div>
      {error !== undefined && <FieldProblem id={`${made}-error`}>{error}</FieldProblem>}
    </fieldset>
  )
}
