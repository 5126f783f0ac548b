import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export const labelLook = 'block font-semibold text-ink'

/** The line under a field's label. */
export function Hint({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span id={id} slot="description" className="block text-sm text-ink-soft">
      {children}
    </span>
  )
}

/** A field's error, in our own words, with a sign beside the colour. */
export function FieldProblem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span id={id} className="flex items-start gap-2 font-medium text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <span>{children}</span>
    </span>
  )
}
