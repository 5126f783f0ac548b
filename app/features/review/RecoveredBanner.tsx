import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useRecord } from '#app/session/useTablet.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import { collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { recoveredDetail } from '#domain/sync/issue.ts'
import type { FrameProps } from './IssueFrame.tsx'
import { MissingRecord } from './MissingRecord.tsx'
import type { Question } from './questions.ts'
import { readDetail } from './readDetail.ts'
import { recoveredUnits } from './recovered.ts'
import { ValueChoices } from './ValueChoices.tsx'

/** After a restore of the server: what a tablet held then, beside what the record holds now. */
export function RecoveredBanner({ question, ...frame }: FrameProps & { question: Question }) {
  const { t, i18n } = useTranslation()
  const whoIs = useAuthorWords()
  const then: Fields = readDetail(recoveredDetail, question.issue?.detail ?? '')?.record ?? {}
  const record = useRecord(question.collection, question.recordId)?.record
  const units = recoveredUnits(collections[question.collection], then, record)
  const by = (fields: Fields) =>
    typeof fields.updatedAt === 'number' && typeof fields.updatedBy === 'string'
      ? t('review.author', { who: whoIs(fields.updatedBy), when: formatInstant(fields.updatedAt, i18n.language) })
      : null
  if (record === undefined) return <MissingRecord {...frame} question={question} then={then} units={units} by={by(then)} />
  return (
    <ValueChoices
      {...frame}
      title={t('review.recovered')}
      hint={units.length === 0 ? t('review.recoveredSame') : t('review.recoveredHint')}
      question={question}
      record={record}
      units={units}
      sidesOf={() => ({
        stands: { term: t('review.now'), by: by({ ...record }) },
        other: { term: t('review.before'), by: by(then) },
      })}
    />
  )
}
