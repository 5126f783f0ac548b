import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatInstant } from '#app/language/dates.ts'
import { Facts } from './Facts.tsx'

export function Received({ sync: { firstSync, lastReceivedAt } }: { sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const first =
    typeof firstSync === 'object'
      ? t('sync.firstRunning', { count: firstSync.received })
      : t(firstSync === 'done' ? 'sync.firstDone' : 'sync.firstWaiting')
  const last = lastReceivedAt === null ? t('sync.never') : formatInstant(lastReceivedAt, i18n.language)
  return (
    <Facts
      title={t('sync.received')}
      facts={[
        [t('sync.lastReceived'), last],
        [t('sync.firstSync'), first],
      ]}
    />
  )
}
