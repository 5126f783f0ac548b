import { CircleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'

export interface FieldMistake {
  /** The id of the field's input. */
  field: string
  words: string
}

export interface ErrorSummaryProps {
  title: string
  mistakes: readonly FieldMistake[]
}

/** Above the form after a refused save. It takes the focus each time its mistakes change, and leads to each field. */
export function ErrorSummary({ title, mistakes }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (mistakes.length > 0) box.current?.focus()
  }, [mistakes])
  if (mistakes.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-lg border-2 border-danger bg-danger-soft p-4">
      <h2 className="flex items-center gap-2 text-lg font-bold text-danger">
        <CircleAlert aria-hidden="true" className="size-6 shrink-0" />
        {title}
      </h2>
      <ul className="mt-2 list-disc ps-8 marker:text-danger">
        {mistakes.map((mistake) => (
          <li key={mistake.field}>
            <a
              href={`#${mistake.field}`}
              className="inline-flex min-h-12 items-center font-medium text-danger underline"
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(mistake.field)?.focus()
              }}
            >
              {mistake.words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
