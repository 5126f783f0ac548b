import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { REJECTION_REASONS } from '#domain/sync/change.ts'

export function RefusedBanner({ issue }: { issue: RecordOf<'issues'> }) {
  const { t } = useTranslation()
  if (issue.kind === 'parked') return <Banner title={t('clients.issue.parked')}>{t('clients.issue.parkedHint')}</Banner>
  const reason = REJECTION_REASONS.find((name) => name === issue.reason) ?? 'other'
  return (
    <Banner tone="warn" title={t('clients.issue.rejected')}>
      {t(`sync.reason.${reason}`)}
    </Banner>
  )
}
