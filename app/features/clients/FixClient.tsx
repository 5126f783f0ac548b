import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { draftKey } from '#app/session/drafts.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import type { ClientFields } from '#domain/clients/client.ts'
import { collections, type RecordOf } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { ClientForm } from './ClientForm.tsx'
import type { ClientValues } from './clientEntry.ts'
import { DraftBanner } from './DraftBanner.tsx'
import { withKeptBirth } from './keptBirth.ts'
import { typedFrom } from './typedClient.ts'
import { useClientForm } from './useClientForm.ts'

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

/** The form with what the server refused in it, on top of what the record says now. */
export function FixClient({ subject, refused, current, send, cancel }: FixClientProps) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const today = useToday()
  const known = {
    ...collections.clients.absent,
    facilityId: account.facilities[0] ?? '',
    ...current,
    ...refused,
  } as unknown as ClientFields
  const fresh = { typed: typedFrom(known, today), seen: current === null ? null : { ...current }, notes: {} }
  const save = async (values: ClientValues, seen: Fields | null) => {
    if (!(await send(withKeptBirth(values, refused, today), seen))) throw new Error('not saved')
  }
  const form = useClientForm({ key: draftKey(account.id, subject), fresh, current, save })
  return (
    <>
      <DraftBanner form={form} editing />
      <ClientForm form={form} submit={t('review.fix')} cancel={cancel} />
    </>
  )
}
