import { PenLine } from 'lucide-react'
import type { PropsWithChildren } from 'react'
import { FieldNote } from './FieldNote.tsx'
import { useLiveForm } from './LiveForm.tsx'
import { typingIn } from './people.ts'
import { useLiveWords } from './useLiveWords.ts'

export interface LiveFieldProps extends PropsWithChildren {
  /** The name of the part of the form. */
  part: string
  className?: string
}

/**
 * Around one field: says here that it is being typed in, shows who else types in it (beside the label, where nothing
 * moves), and what was changed under it.
 */
export function LiveField({ part: name, className = '', children }: LiveFieldProps) {
  const form = useLiveForm()
  const { editingThis } = useLiveWords()
  const part = form?.parts.get(name)
  if (form === null || part === undefined) return <div className={className}>{children}</div>
  const people = typingIn(form.people, part.fields)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that a field inside has the focus
    <div className={`relative ${className}`} onFocus={() => form.typing(part.fields[0] ?? null)} onBlur={() => form.typing(null)}>
      {children}
      <p aria-live="polite" className="pointer-events-none absolute end-0 top-0 flex max-w-3/5 items-center gap-1.5 text-sm text-primary">
        {people.length > 0 && (
          <>
            <PenLine aria-hidden="true" className="size-4 shrink-0" />
            <span aria-hidden="true" className="truncate leading-6">
              {people.map(({ name }) => name).join(', ')}
            </span>
            <span className="sr-only">{people.map(editingThis).join(', ')}</span>
          </>
        )}
      </p>
      <div aria-live="polite">
        <FieldNote part={part} form={form} />
      </div>
    </div>
  )
}
