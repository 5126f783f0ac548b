import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ClientNotFound } from '#app/features/clients/ClientNotFound.tsx'
import { JoinedBanner } from '#app/features/clients/JoinedBanner.tsx'
import { JoinClients } from '#app/features/joining/JoinClients.tsx'
import { useNoteView } from '#app/session/useNoteView.ts'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import type { RecordOf } from '#domain/collections.ts'

export const clientLoader = () => null

export default function Join() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const { id = '', other: otherId = '' } = useParams()
  const one = useRecord('clients', id)
  const other = useRecord('clients', otherId)
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={8} />
  if (one === undefined || other === undefined || id === otherId) return <ClientNotFound departed={null} />
  return (
    <>
      <PageHeader title={t('joining.title')} outside={t('joining.outside')}>
        {t('joining.lead')}
      </PageHeader>
      <Pair one={one.record} other={other.record} />
    </>
  )
}

function Pair({ one, other }: { one: RecordOf<'clients'>; other: RecordOf<'clients'> }) {
  useNoteView(one.id)
  useNoteView(other.id)
  const into = one.mergedInto ?? other.mergedInto
  return into === null ? <JoinClients one={one} other={other} /> : <JoinedBanner into={into} />
}
