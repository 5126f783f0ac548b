import type { ReactNode } from 'react'
import { FieldProblem, Hint, labelLook } from './FieldFrame.tsx'

export interface FileFieldProps {
  id: string
  label: string
  /** Endings and types, as the browser's own list of files wants them. */
  accept: string
  hint?: ReactNode
  error?: string | undefined
  multiple?: boolean
}

/** The browser's own, which is posted by a form without JavaScript. */
export function FileField({ id, label, accept, hint, error, multiple = false }: FileFieldProps) {
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={labelLook}>
        {label}
      </label>
      {hint !== undefined && <Hint id={`${id}-hint`}>{hint}</Hint>}
      <input
        id={id}
        name={id}
        type="file"
        accept={accept}
        multiple={multiple}
        required
        aria-invalid={error !== undefined}
        aria-describedby={described === '' ? undefined : described}
        className="min-h-12 py-2 file:me-4 file:min-h-12 file:cursor-pointer file:rounded-lg file:border file:border-solid file:border-ink-soft file:bg-transparent file:px-4 file:font-semibold"
      />
      {error !== undefined && <FieldProblem id={`${id}-error`}>{error}</FieldProblem>}
    </div>
  )
}
