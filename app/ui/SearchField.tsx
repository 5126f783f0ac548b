import { Search } from 'lucide-react'
import { useId } from 'react'
import { Hint, labelLook } from './FieldFrame.tsx'

export interface SearchFieldProps {
  /** For a shortcut that leads here. */
  id?: string
  label: string
  hint: string
  value: string
  onChange: (value: string) => void
  /** Enter was pressed. */
  onSubmit?: () => void
}

export function SearchField({ id: given, label, hint, value, onChange, onSubmit }: SearchFieldProps) {
  const made = useId()
  const id = given ?? made
  return (
    <search className="flex flex-col gap-1.5">
      <label htmlFor={id} className={labelLook}>
        {label}
      </label>
      <Hint id={`${id}-hint`}>{hint}</Hint>
      <span className="relative block">
        <Search aria-hidden="true" className="pointer-events-none absolute start-4 top-1/2 size-6 -translate-y-1/2 text-ink-soft" />
        <input
          id={id}
          type="search"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-arrow-stop=""
          value={value}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && onSubmit?.()}
          className="control min-h-14 ps-13 text-lg"
        />
      </span>
    </search>
  )
}
