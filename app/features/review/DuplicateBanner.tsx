import { useTranslation } from 'react-i18next'
import { useRecord } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { fullName } from '#domain/clients/client.ts'
import { DUPLICATE_REASONS } from '#domain/clients/duplicates.ts'
import { duplicateDetail } from '#domain/sync/issue.ts'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { readDetail } from './readDetail.ts'
import { useSettling } from './useSettling.tsx'

export interface DuplicateBannerProps extends FrameProps {
  question: Question
  clientId: string
}

/** Two records that may be one person, or two open enrollments in one program. */
export function DuplicateBanner({ question, clientId, ...frame }: DuplicateBannerProps) {
  const { t, i18n } = useTranslation()
  const { close, write } = useSettling()
  const detail = readDetail(duplicateDetail, question.issue?.detail ?? '')
  const otherId = question.recordId === clientId ? (detail?.otherId ?? '') : question.recordId
  const other = useRecord('clients', otherId)
  const isEnrollment = question.collection === 'enrollments'
  const settle = (
    <Button kind="quiet" onPress={() => void write(() => close(question, 'resolved'), t('review.done.settled'))}>
      {t(isEnrollment ? 'review.bothRight' : 'review.twoPeople')}
    </Button>
  )
  if (isEnrollment)
    return (
      <IssueFrame {...frame} title={t('review.twoEpisodes')} actions={settle}>
        <p>{t('review.twoEpisodesHint')}</p>
      </IssueFrame>
    )
  const reasons = DUPLICATE_REASONS.filter((reason) => detail?.reasons.includes(reason)).map((reason) => t(`review.similar.${reason}`))
  // Of one who is elsewhere that page shows no more than the lookup does, and how to have the record shared.
  const compare = (
    <LinkButton to={`/clients/${otherId}`} kind="secondary">
      {other === undefined ? t('sharing.look') : t('review.duplicateOpen', { name: fullName(other.record) })}
    </LinkButton>
  )
  const join = other !== undefined && (
    <LinkButton to={`/clients/${clientId}/join/${otherId}`} kind="secondary">
      {t('joining.open')}
    </LinkButton>
  )
  return (
    <IssueFrame
      {...frame}
      title={t('review.duplicate')}
      actions={
        <>
          {compare}
          {join}
          {settle}
        </>
      }
    >
      <p>{new Intl.ListFormat(i18n.language).format(reasons)}</p>
      {other === undefined && <p>{t('review.duplicateElsewhere')}</p>}
    </IssueFrame>
  )
}
