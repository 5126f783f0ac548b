import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { ClientForm } from './ClientForm.tsx'
import type { ClientValues } from './clientEntry.ts'
import { DraftBanner } from './DraftBanner.tsx'
import { type Draft, draftKey } from './draft.ts'
import { typedFrom } from './typedClient.ts'
import { useClientForm } from './useClientForm.ts'

/** The record is taken as it was when the form was opened: what arrives meanwhile is the server's to merge. */
export function EditClient({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const today = useToday()
  const [seen] = useState(client)
  const save = useCorrection(seen.id)
  const fresh: Draft = { typed: typedFrom(seen, today), seen: { ...seen } }
  const form = useClientForm({ key: draftKey(account.id, seen.id), fresh, save })
  return (
    <>
      <DraftBanner form={form} editing />
      <ClientForm
        form={form}
        submit={t('fields.save')}
        cancel={
          <LinkButton to={`/clients/${seen.id}`} kind="quiet">
            {t('fields.cancel')}
          </LinkButton>
        }
      />
    </>
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
      say({ tone: 'danger', words: t('clients.notSaved') })
      throw refused
    }
    say({ tone: 'good', words: t(isSame(values, seen) ? 'clients.nothingChanged' : 'clients.saved') })
    navigate(`/clients/${recordId}`)
  }
}

function isSame(values: ClientValues, seen: Draft['seen']): boolean {
  return Object.entries(values).every(([field, value]) => seen?.[field] === value)
}
