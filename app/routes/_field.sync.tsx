import { useTranslation } from 'react-i18next'
import { ConnectionBanner } from '#app/features/sync/ConnectionBanner.tsx'
import { DeviceBanners } from '#app/features/sync/DeviceBanners.tsx'
import { ExportUnsent } from '#app/features/sync/ExportUnsent.tsx'
import { FirstSyncPanel } from '#app/features/sync/FirstSyncPanel.tsx'
import { Received } from '#app/features/sync/Received.tsx'
import { Sent } from '#app/features/sync/Sent.tsx'
import { ThisDevice } from '#app/features/sync/ThisDevice.tsx'
import { ToSend } from '#app/features/sync/ToSend.tsx'
import { useOutbox, useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Sync() {
  const { t } = useTranslation()
  const sync = useSyncState()
  const items = useOutbox()
  return (
    <>
      <PageHeader title={t('sync.title')}>{t('sync.lead')}</PageHeader>
      <ConnectionBanner sync={sync} />
      <DeviceBanners sync={sync} />
      {sync.loaded ? (
        <div className="grid gap-8 desktop:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] desktop:items-start">
          <div className="flex min-w-0 flex-col gap-8">
            <FirstSyncPanel sync={sync} />
            <ToSend items={items} sync={sync} />
            {sync.unsent > 0 && <ExportUnsent />}
          </div>
          <div className="flex flex-col gap-6">
            <Sent sync={sync} />
            <Received sync={sync} />
            <ThisDevice sync={sync} />
          </div>
        </div>
      ) : (
        <Skeleton label={t('fields.loading')} lines={6} />
      )}
    </>
  )
}
