import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { Discard } from './Discard.tsx'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { RefusedContent } from './RefusedContent.tsx'
import { waitsFor } from './refused.ts'

/** The server holds it, and takes it up by itself. */
export function ParkedBanner({ question, ...frame }: FrameProps & { question: Question }) {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const { recordName } = useRecordNames()
  const { refused } = question
  const missing = refused && waitsFor(refused, (collection, id) => tablet.record(collection, id) !== undefined)
  return (
    <IssueFrame {...frame} tone="calm" title={t('review.parked')} actions={<Discard question={question} />}>
      {missing && (
        <p>
          {t('review.parkedFor', {
            name: recordName(missing.collection, missing.recordId),
            when: formatInstant(refused.deviceTime, i18n.language),
          })}
        </p>
      )}
      <p>{t('review.parkedHint')}</p>
      <RefusedContent question={question} />
    </IssueFrame>
  )
}
