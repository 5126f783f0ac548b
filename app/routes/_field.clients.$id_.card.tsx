import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ClientCard } from '#app/features/clients/ClientCard.tsx'
import { ClientNotFound } from '#app/features/clients/ClientNotFound.tsx'
import { JoinedBanner } from '#app/features/clients/JoinedBanner.tsx'
import { useDeparted } from '#app/session/useDeparted.ts'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'

export const clientLoader = () => null

export default function Card() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const id = useParams().id ?? ''
  const client = useRecord('clients', id)
  const departed = useDeparted(id, client !== undefined)
  if (!loaded && client === undefined) return <Skeleton label={t('fields.loading')} lines={8} />
  if (client === undefined) return <ClientNotFound departed={departed ? id : null} />
  const { record } = client
  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('clients.card.title', { number: spokenClientNumber(record.id) })}
          outside={t('clients.outside', { number: spokenClientNumber(record.id) })}
        />
      </div>
      {record.mergedInto === null ? <ClientCard key={record.id} client={record} /> : <JoinedBanner into={record.mergedInto} />}
    </>
  )
}
