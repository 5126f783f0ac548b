import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LiveForm } from '#app/live/LiveForm.tsx'
import { PeopleHere } from '#app/live/PeopleHere.tsx'
import { usePresence } from '#app/live/usePresence.ts'
import { draftKey } from '#app/session/drafts.ts'
import { notSaved } from '#app/session/notSaved.ts'
import { useNoteView } from '#app/session/useNoteView.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { ClientForm } from './ClientForm.tsx'
import type { ClientValues } from './clientEntry.ts'
import { clientPartsByName } from './clientParts.ts'
import { DraftBanner } from './DraftBanner.tsx'
import type { Draft } from './draft.ts'
import { typedFrom } from './typedClient.ts'
import { useClientForm } from './useClientForm.ts'

/** The form follows the record: what others change meanwhile arrives in it, or stands beside what was typed. */
export function EditClient({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const today = useToday()
  useNoteView(client.id)
  const presence = usePresence('clients', client.id)
  const save = useCorrection(client.id)
  const fresh: Draft = { typed: typedFrom(client, today), seen: { ...client }, notes: {} }
  const form = useClientForm({ key: draftKey(account.id, client.id), fresh, current: client, save })
  return (
    <LiveForm state={{ ...presence, parts: clientPartsByName, notes: form.notes, seen: form.seen ?? client, take: form.take }}>
      <PeopleHere people={presence.people} />
      <DraftBanner form={form} editing />
      <ClientForm
        form={form}
        self={client.id}
        submit={t('fields.save')}
        cancel={
          <LinkButton to={`/clients/${client.id}`} kind="quiet">
            {t('fields.cancel')}
          </LinkButton>
        }
      />
    </LiveForm>
  )
}

function useCorrection(recordId: string) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  return async (values: ClientValues, seen: Draft['seen']) => {
    try {
      await tablet.save({ collection: 'clients', recordId, op: 'edit', values, seen })
    } catch (refused) {
      say({ tone: 'danger', words: t(notSaved(refused)) })
      throw refused
    }
    say({ tone: 'good', words: t(isSame(values, seen) ? 'clients.nothingChanged' : 'clients.saved') })
    navigate(`/clients/${recordId}`)
  }
}

function isSame(values: ClientValues, seen: Draft['seen']): boolean {
  return Object.entries(values).every(([field, value]) => seen?.[field] === value)
}
