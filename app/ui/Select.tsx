import { type ReactNode, type SelectHTMLAttributes, useId } from 'react'
import { FieldProblem, Hint, labelLook } from './FieldFrame.tsx'

export interface Choice {
  value: string
  label: string
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'style' | 'onChange'> {
  label: string
  choices: readonly Choice[]
  /** Shown first, with the value ''. */
  empty?: string
  hint?: ReactNode
  error?: string | undefined
  className?: string
  onChange?: (value: string) => void
}

/**
 * The browser's own list: on a phone it is the system's picker, it is posted by a form without JavaScript, and it
 * needs no style attributes (which the policy refuses in server pages, and react-aria's hidden select has four).
 */
export function Select({ label, choices, empty, hint, error, className = '', onChange, id, ...props }: SelectProps) {
  const made = useId()
  const fieldId = id ?? made
  const described = [hint !== undefined && `${fieldId}-hint`, error !== undefined && `${fieldId}-error`].filter(Boolean).join(' ')
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={fieldId} className={labelLook}>
        {label}
      </label>
      {hint !== undefined && <Hint id={`${fieldId}-hint`}>{hint}</Hint>}
      <select
        {...props}
        id={fieldId}
        className="control"
        aria-invalid={error !== undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => onChange?.(event.target.value)}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {error !== undefined && <FieldProblem id={`${fieldId}-error`}>{error}</FieldProblem>}
    </div>
  )
}
