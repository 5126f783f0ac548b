import type { PropsWithChildren, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveForm } from '#app/live/LiveForm.tsx'
import { PeopleHere } from '#app/live/PeopleHere.tsx'
import { usePresence } from '#app/live/usePresence.ts'
import { draftKey } from '#app/session/drafts.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { Banner } from '#app/ui/Banner.tsx'
import type { RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { ClientForm } from './ClientForm.tsx'
import type { ClientValues } from './clientEntry.ts'
import { clientPartsByName } from './clientParts.ts'
import { DraftBanner } from './DraftBanner.tsx'
import { fixStart } from './fixStart.ts'
import { withKeptBirth } from './keptBirth.ts'
import { typedFrom } from './typedClient.ts'
import { type ClientForm as Form, useClientForm } from './useClientForm.ts'

export interface FixClientProps {
  /** Names the draft. */
  subject: string
  /** The values that were refused. */
  refused: Fields
  /** The client as this tablet knows it; null when it was never taken. */
  current: RecordOf<'clients'> | null
  /** Resolves with false when it could not be written; the form then stays. */
  send: (values: ClientValues, seen: Fields | null) => Promise<boolean>
  cancel: ReactNode
}

/** The form with what the server refused in it, on top of what the record says now; what others change meanwhile stands beside it. */
export function FixClient({ subject, refused, current, send, cancel }: FixClientProps) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const today = useToday()
  const own = tablet.account.facilities
  const { known, isElsewhere } = fixStart(refused, current, own)
  const fresh = { typed: typedFrom(known, today), seen: current === null ? null : { ...current }, notes: {} }
  const save = async (values: ClientValues, seen: Fields | null) => {
    // A draft may still name the facility that was refused.
    const facilityId = own.includes(values.facilityId) ? values.facilityId : known.facilityId
    if (!(await send({ ...withKeptBirth(values, refused, today), facilityId }, seen))) throw new Error('not saved')
  }
  const form = useClientForm({ key: draftKey(tablet.account.id, subject), fresh, current, save })
  const facility = tablet.record('facilities', known.facilityId)?.record.name ?? known.facilityId
  return (
    <Watched client={current} form={form}>
      {isElsewhere && <Banner>{t('clients.fixFacility', { facility })}</Banner>}
      <DraftBanner form={form} editing />
      <ClientForm form={form} self={current?.id ?? null} submit={t('review.fix')} cancel={cancel} />
    </Watched>
  )
}

type WatchedProps = PropsWithChildren<{ client: RecordOf<'clients'> | null; form: Form }>

/** A client who was never taken is nobody else's to change. */
function Watched({ client, form, children }: WatchedProps) {
  return client === null ? (
    children
  ) : (
    <WatchedClient client={client} form={form}>
      {children}
    </WatchedClient>
  )
}

function WatchedClient({ client, form, children }: PropsWithChildren<{ client: RecordOf<'clients'>; form: Form }>) {
  const presence = usePresence('clients', client.id)
  return (
    <LiveForm state={{ ...presence, parts: clientPartsByName, notes: form.notes, seen: form.seen ?? client, take: form.take }}>
      <PeopleHere people={presence.people} />
      {children}
    </LiveForm>
  )
}
