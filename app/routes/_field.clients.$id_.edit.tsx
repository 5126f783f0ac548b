import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ClientNotFound } from '#app/features/clients/ClientNotFound.tsx'
import { EditClient } from '#app/features/clients/EditClient.tsx'
import { JoinedBanner } from '#app/features/clients/JoinedBanner.tsx'
import { useDeparted } from '#app/session/useDeparted.ts'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'

export const clientLoader = () => null

export default function Edit() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const id = useParams().id ?? ''
  const client = useRecord('clients', id)
  const departed = useDeparted(id, client !== undefined)
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={8} />
  if (client === undefined) return <ClientNotFound departed={departed ? id : null} />
  const { mergedInto } = client.record
  return (
    <>
      <PageHeader
        title={t('clients.editTitle', { name: fullName(client.record) })}
        outside={t('clients.outside', { number: spokenClientNumber(id) })}
      />
      {mergedInto === null ? <EditClient key={client.record.id} client={client.record} /> : <JoinedBanner into={mergedInto} />}
    </>
  )
}
