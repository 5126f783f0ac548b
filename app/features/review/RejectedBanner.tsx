import { useTranslation } from 'react-i18next'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { REJECTION_REASONS } from '#domain/sync/change.ts'
import { Discard } from './Discard.tsx'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { RefusedContent } from './RefusedContent.tsx'

/** Why it was refused, what it says, and the two ways on: fix it and send it again, or knowingly give it up. */
export function RejectedBanner({ question, ...frame }: FrameProps & { question: Question }) {
  const { t } = useTranslation()
  const { refused } = question
  const reason = REJECTION_REASONS.find((name) => name === question.reason) ?? 'other'
  // Under a heading that says "not accepted", the reason tells more.
  const isListed = frame.subject !== undefined
  const isTaken = reason === 'id-taken'
  const mayFix = refused !== null && refused.op !== 'delete' && refused.collection !== 'issues'
  const actions = (
    <>
      {mayFix && (
        <LinkButton kind="secondary" to={`/review/${question.id}`}>
          {t(isTaken ? 'review.takeNewNumber' : 'review.fix')}
        </LinkButton>
      )}
      <Discard question={question} />
    </>
  )
  return (
    <IssueFrame {...frame} title={isListed ? t(`sync.reason.${reason}`) : t('review.rejected')} actions={actions}>
      {!isListed && <p>{t(`sync.reason.${reason}`)}</p>}
      {isTaken && <p>{t('review.takenElsewhere')}</p>}
      <RefusedContent question={question} />
    </IssueFrame>
  )
}
