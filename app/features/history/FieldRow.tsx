import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import type { FieldLine } from './entries.ts'

/** Old and new value of one field, and what became of it where that is not plain. */
export function FieldRow({ line: { field, from, to, outcome }, isNew }: { line: FieldLine; isNew: boolean }) {
  const { t } = useTranslation()
  const { nameOf, wordsOf } = useFieldWords()
  const isLeftOut = outcome === 'refused' || outcome === 'superseded'
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <dt className="min-w-32 text-sm text-ink-soft">{nameOf(field)}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        {!isNew && (
          <>
            <bdi className="break-words text-ink-soft">{wordsOf(field, from)}</bdi>
            <ArrowRight aria-hidden="true" className="size-4 shrink-0 self-center text-ink-soft rtl:rotate-180" />
            <span className="sr-only">→</span>
          </>
        )}
        <bdi className={`break-words whitespace-pre-line ${isLeftOut ? 'line-through' : 'font-medium'}`}>{wordsOf(field, to)}</bdi>
        {(isLeftOut || outcome === 'replaced') && (
          <StatusMark tone={outcome === 'superseded' ? 'calm' : 'warn'}>{t(`history.outcome.${outcome}`)}</StatusMark>
        )}
      </dd>
    </div>
  )
}
