import { useTranslation } from 'react-i18next'
import { useRecord } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { fullName } from '#domain/clients/client.ts'
import { DUPLICATE_REASONS } from '#domain/clients/duplicates.ts'
import type { RecordOf } from '#domain/collections.ts'
import { duplicateDetail } from '#domain/sync/issue.ts'
import { readDetail } from './readDetail.ts'

export function DuplicateBanner({ issue, clientId }: { issue: RecordOf<'issues'>; clientId: string }) {
  const { t, i18n } = useTranslation()
  const detail = readDetail(duplicateDetail, issue.detail)
  const otherId = issue.recordId === clientId ? (detail?.otherId ?? '') : issue.recordId
  const other = useRecord('clients', otherId)
  if (issue.collection === 'enrollments')
    return (
      <Banner tone="warn" title={t('clients.issue.twoEpisodes')}>
        {t('clients.issue.twoEpisodesHint')}
      </Banner>
    )
  const reasons = DUPLICATE_REASONS.filter((reason) => detail?.reasons.includes(reason)).map((reason) =>
    t(`clients.issue.reason.${reason}`),
  )
  const compare = other !== undefined && (
    <LinkButton to={`/clients/${otherId}`} kind="secondary">
      {t('clients.issue.duplicateOpen', { name: fullName(other.record) })}
    </LinkButton>
  )
  return (
    <Banner tone="warn" title={t('clients.issue.duplicate')} action={compare}>
      <p>{new Intl.ListFormat(i18n.language).format(reasons)}</p>
      {other === undefined && <p>{t('clients.issue.duplicateElsewhere')}</p>}
    </Banner>
  )
}
