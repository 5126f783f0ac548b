import { useTranslation } from 'react-i18next'
import type { Lease } from '#app/data/lease.ts'
import { formatLength } from '#app/language/dates.ts'
import { Banner } from '#app/ui/Banner.tsx'

/** A tablet that has not met the server for long is about to close its old records, or has. */
export function LeaseBanner({ lease }: { lease: Lease }) {
  const { t, i18n } = useTranslation()
  if (lease.kind === 'good') return null
  if (lease.kind === 'over') {
    return (
      <Banner tone="warn" title={t('sync.lease.over')}>
        {t('sync.lease.overHint')}
      </Banner>
    )
  }
  return <Banner title={t('sync.lease.ending', { length: formatLength(lease.leftMs, i18n.language) })}>{t('sync.lease.endingHint')}</Banner>
}
