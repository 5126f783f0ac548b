import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Carried } from '#app/session/carried.ts'
import { draftKey, NEW_RECORD } from '#app/session/drafts.ts'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { ClientForm } from './ClientForm.tsx'
import type { ClientValues } from './clientEntry.ts'
import { DraftBanner } from './DraftBanner.tsx'
import { emptyClient } from './typedClient.ts'
import { useClientForm } from './useClientForm.ts'

/** @param carried what the search had been given */
export function RegisterClient({ carried }: { carried: Carried }) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const save = useRegistration()
  const [givenName = '', ...familyName] = carried.name.trim().split(/\s+/)
  const fresh = {
    ...emptyClient,
    givenName,
    familyName: familyName.join(' '),
    phone: carried.phone,
    facilityId: account.facilities[0] ?? '',
  }
  const form = useClientForm({
    key: draftKey(account.id, NEW_RECORD),
    fresh: { typed: fresh, seen: null, notes: {} },
    current: null,
    save,
  })
  return (
    <>
      <DraftBanner form={form} carried={carried.name || carried.phone} />
      <ClientForm
        form={form}
        self={null}
        startsTyping
        submit={t('clients.register')}
        cancel={
          <LinkButton to="/" kind="quiet">
            {t('fields.cancel')}
          </LinkButton>
        }
      />
    </>
  )
}

function useRegistration() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()
  const navigate = useNavigate()
  return async (values: ClientValues) => {
    const recordId = clientNumber(crypto.getRandomValues(new Uint8Array(12)))
    try {
      await tablet.save({ collection: 'clients', recordId, op: 'create', values, seen: null })
    } catch (refused) {
      say({ tone: 'danger', words: t(notSaved(refused)) })
      throw refused
    }
    say({ tone: 'good', words: t('clients.registered', { name: fullName(values) }) })
    navigate(`/clients/${recordId}`)
  }
}
