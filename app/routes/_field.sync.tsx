import { useTranslation } from 'react-i18next'
import { ConnectionBanner } from '#app/features/sync/ConnectionBanner.tsx'
import { Received } from '#app/features/sync/Received.tsx'
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
      {sync.loaded ? (
        <div className="grid gap-8 desktop:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] desktop:items-start">
          <ToSend items={items} sync={sync} />
          <div className="flex flex-col gap-6">
            <Received sync={sync} />
            <ThisDevice />
          </div>
        </div>
      ) : (
        <Skeleton label={t('fields.loading')} lines={6} />
      )}
    </>
  )
}
