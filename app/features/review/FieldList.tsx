import { useTranslation } from 'react-i18next'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import type { Scalar } from '#domain/scalars.ts'

export interface FieldListProps {
  /** `from` only where something else stood before. */
  rows: readonly { field: string; from?: Scalar; to: Scalar }[]
}

/** What a change says, field by field, in words. */
export function FieldList({ rows }: FieldListProps) {
  const { t } = useTranslation()
  const { nameOf, wordsOf } = useFieldWords()
  return (
    <dl className="grid gap-x-6 gap-y-2 rounded-lg border border-line bg-surface p-4 tablet:grid-cols-2">
      {rows.map(({ field, from, to }) => (
        <div key={field} className="min-w-0">
          <dt className="text-sm text-ink-soft">{nameOf(field)}</dt>
          <dd className="break-words whitespace-pre-line">
            {from === undefined || from === null
              ? wordsOf(field, to)
              : t('history.to', { from: wordsOf(field, from), to: wordsOf(field, to) })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
