import { Check } from 'lucide-react'
import type { InputHTMLAttributes, ReactNode } from 'react'

export interface CheckboxProps
  extends Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'className' | 'style' | 'children' | 'type' | 'onChange' | 'checked' | 'defaultChecked' | 'disabled'
  > {
  children: ReactNode
  hint?: ReactNode
  isSelected?: boolean
  defaultSelected?: boolean
  isDisabled?: boolean
  onChange?: (isSelected: boolean) => void
  className?: string
}

/** The browser's own, drawn over: react-aria hides its input by a style attribute, which the policy refuses in server pages. */
export function Checkbox({ children, hint, isSelected, defaultSelected, isDisabled, onChange, className = '', ...props }: CheckboxProps) {
  return (
    <label className={`choice ${className}`}>
      <input
        {...props}
        type="checkbox"
        checked={isSelected}
        defaultChecked={defaultSelected}
        disabled={isDisabled}
        onChange={(event) => onChange?.(event.target.checked)}
        className="peer"
      />
      <span
        aria-hidden="true"
        className="grid size-6 shrink-0 place-items-center rounded border-2 border-line-strong bg-surface text-transparent peer-checked:border-primary peer-checked:bg-primary peer-checked:text-on-primary peer-focus-visible:outline-3 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus forced-colors:[&>svg]:invisible forced-colors:peer-checked:[&>svg]:visible"
      >
        <Check className="size-5" strokeWidth={3} />
      </span>
      <span>
        <span className="block font-medium">{children}</span>
        {hint !== undefined && <span className="block text-sm text-ink-soft">{hint}</span>}
      </span>
    </label>
  )
}
