import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import { refusedDetail } from '#domain/sync/issue.ts'
import { FieldList } from './FieldList.tsx'
import type { Question } from './questions.ts'
import { readDetail } from './readDetail.ts'
import { rowsOf } from './refused.ts'

/** What a change that was not taken says, who wrote it and when. */
export function RefusedContent({ question: { refused, issue, actorId } }: { question: Question }) {
  const { t, i18n } = useTranslation()
  const whoIs = useAuthorWords()
  if (refused === null) return <p>{t('review.refusedUnreadable')}</p>
  const by = issue === null ? null : readDetail(refusedDetail, issue.detail)?.by
  const who = whoIs(by?.id ?? actorId, by?.name)
  const rows = rowsOf(refused)
  return (
    <div className="flex flex-col gap-2">
      <p className="font-semibold">{t('review.refused')}</p>
      {refused.op === 'delete' ? <p>{t('review.refusedRemoval')}</p> : rows.length > 0 && <FieldList rows={rows} />}
      <p className="text-sm text-ink-soft">{t('review.writtenBy', { who, when: formatInstant(refused.deviceTime, i18n.language) })}</p>
    </div>
  )
}
