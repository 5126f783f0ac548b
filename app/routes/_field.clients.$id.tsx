import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ClientDetails } from '#app/features/clients/ClientDetails.tsx'
import { ClientHeader } from '#app/features/clients/ClientHeader.tsx'
import { ClientNotFound } from '#app/features/clients/ClientNotFound.tsx'
import { JoinedBanner } from '#app/features/clients/JoinedBanner.tsx'
import { useClientMarks } from '#app/features/clients/useClientMarks.ts'
import { ClientPrograms } from '#app/features/enrollments/ClientPrograms.tsx'
import { RequestErasure } from '#app/features/erasure/RequestErasure.tsx'
import { HistorySection } from '#app/features/history/HistorySection.tsx'
import { SeenSection } from '#app/features/history/SeenSection.tsx'
import { JoinedHere } from '#app/features/joining/JoinedHere.tsx'
import { PartClient } from '#app/features/joining/PartClient.tsx'
import { RemoveClient } from '#app/features/removal/RemoveClient.tsx'
import { IssueBanners } from '#app/features/review/IssueBanners.tsx'
import { useClientQuestions } from '#app/features/review/useRecordQuestions.ts'
import { LookElsewhere } from '#app/features/sharing/LookElsewhere.tsx'
import { SharedBanner } from '#app/features/sharing/SharedBanner.tsx'
import { PeopleHere } from '#app/live/PeopleHere.tsx'
import { usePresence } from '#app/live/usePresence.ts'
import { useDeparted } from '#app/session/useDeparted.ts'
import { useNoteView } from '#app/session/useNoteView.ts'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import type { RecordOf } from '#domain/collections.ts'

export const clientLoader = () => null

export default function Client() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const id = useParams().id ?? ''
  const client = useRecord('clients', id)
  const departed = useDeparted(id, client !== undefined)
  if (!loaded && client === undefined) return <Skeleton label={t('fields.loading')} lines={8} />
  return client === undefined ? <Missing id={id} departed={departed} /> : <Profile key={client.record.id} client={client.record} />
}

/** Somebody who was removed, or never taken by the server, may still have open questions. */
function Missing({ id, departed }: { id: string; departed: boolean }) {
  const questions = useClientQuestions(id)
  return (
    <>
      <IssueBanners questions={questions} clientId={id} />
      <ClientNotFound departed={departed ? id : null} />
      <LookElsewhere typed={id} />
    </>
  )
}

function Profile({ client }: { client: RecordOf<'clients'> }) {
  const marks = useClientMarks()
  const presence = usePresence('clients', client.id)
  const questions = useClientQuestions(client.id)
  useNoteView(client.id)
  // Whatever is written of one who was joined into another lands on that one, unseen: it is to be written there.
  const isJoined = client.mergedInto !== null
  return (
    <>
      <ClientHeader client={client} mark={marks.get(client.id) ?? 'sent'} readOnly={isJoined} />
      <PeopleHere people={presence.people} />
      {client.mergedInto !== null && <JoinedBanner into={client.mergedInto} />}
      <SharedBanner client={client} />
      <JoinedHere clientId={client.id} />
      <IssueBanners questions={questions} clientId={client.id} />
      <div className="grid gap-8 desktop:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] desktop:items-start">
        <ClientPrograms client={client} presence={presence} readOnly={isJoined} />
        <ClientDetails client={client} />
      </div>
      <HistorySection collection="clients" recordId={client.id} />
      <SeenSection clientId={client.id} />
      {isJoined ? <PartClient client={client} /> : <RemoveClient client={client} />}
      <RequestErasure client={client} />
    </>
  )
}
