import { useTranslation } from 'react-i18next'
import { useRecord } from '#app/session/useTablet.ts'
import { collections } from '#domain/collections.ts'
import { conflictDetail } from '#domain/sync/issue.ts'
import { conflictOf } from './conflict.ts'
import { EditOfRemoved } from './EditOfRemoved.tsx'
import type { FrameProps } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { RemovalConflict } from './RemovalConflict.tsx'
import { readDetail } from './readDetail.ts'
import { useConflictAuthors } from './useConflictAuthors.ts'
import { ValueChoices } from './ValueChoices.tsx'

/** Both values of each field that two people changed, who wrote them and when, and which one stands. */
export function ConflictBanner({ question, ...frame }: FrameProps & { question: Question }) {
  const { t } = useTranslation()
  const detail = readDetail(conflictDetail, question.issue?.detail ?? '')
  const record = useRecord(question.collection, question.recordId)?.record
  const authorsOf = useConflictAuthors(question, detail)
  const conflict = conflictOf(collections[question.collection], detail?.fields ?? [], record !== undefined)
  if (conflict.kind === 'removal') return <RemovalConflict {...frame} question={question} />
  if (conflict.kind === 'edit-of-removed' || record === undefined)
    return <EditOfRemoved {...frame} question={question} units={conflict.units} authorsOf={authorsOf} />
  return (
    <ValueChoices
      {...frame}
      title={t('review.conflict')}
      hint={t('review.conflictHint')}
      question={question}
      record={record}
      units={conflict.units}
      sidesOf={(unit) => {
        const { stands, other } = authorsOf(unit)
        return { stands: { term: t('review.stands'), by: stands }, other: { term: t('review.other'), by: other } }
      }}
    />
  )
}
