import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { Banner } from '#app/ui/Banner.tsx'

/** While this device has not received everything once. It can be left and goes on by itself. */
export function ReceptionBanner({ sync }: { sync: SyncState }) {
  const { t } = useTranslation()
  if (sync.firstSync === 'done') return null
  if (sync.firstSync === 'waiting') {
    const hint = sync.connection === 'online' || sync.connection === 'connecting' ? 'waitingOnline' : 'waitingOffline'
    return <Banner title={t('home.waiting')}>{t(`home.${hint}`)}</Banner>
  }
  return <Banner title={t('home.receiving', { count: sync.firstSync.received })}>{t('home.receivingHint')}</Banner>
}
