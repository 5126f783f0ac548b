import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ClientDetails } from '#app/features/clients/ClientDetails.tsx'
import { ClientHeader } from '#app/features/clients/ClientHeader.tsx'
import { ClientNotFound } from '#app/features/clients/ClientNotFound.tsx'
import { IssueBanner } from '#app/features/clients/IssueBanner.tsx'
import { JoinedBanner } from '#app/features/clients/JoinedBanner.tsx'
import { useClientMarks } from '#app/features/clients/useClientMarks.ts'
import { useIssues } from '#app/features/clients/useIssues.ts'
import { ClientPrograms } from '#app/features/enrollments/ClientPrograms.tsx'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import type { RecordOf } from '#domain/collections.ts'

export const clientLoader = () => null

export default function Client() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const client = useRecord('clients', useParams().id ?? '')
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={8} />
  return client === undefined ? <ClientNotFound /> : <Profile key={client.record.id} client={client.record} />
}

function Profile({ client }: { client: RecordOf<'clients'> }) {
  const marks = useClientMarks()
  const issues = useIssues(client.id)
  return (
    <>
      <ClientHeader client={client} mark={marks.get(client.id) ?? 'sent'} />
      {client.mergedInto !== null && <JoinedBanner into={client.mergedInto} />}
      {issues.map((issue) => (
        <IssueBanner key={issue.id} issue={issue} clientId={client.id} />
      ))}
      <div className="grid gap-8 desktop:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] desktop:items-start">
        <ClientPrograms client={client} />
        <ClientDetails client={client} />
      </div>
    </>
  )
}
