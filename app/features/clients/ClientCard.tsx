import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNoteView } from '#app/session/useNoteView.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { fullName } from '#domain/clients/client.ts'
import { initials } from '#domain/clients/initials.ts'
import type { RecordOf } from '#domain/collections.ts'
import { CardSheet } from './CardSheet.tsx'

/** The name is a choice of each printing and is kept nowhere. */
export function ClientCard({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const [withName, setWithName] = useState(false)
  useNoteView(client.id)
  return (
    <>
      <CardSheet
        number={client.id}
        name={withName ? fullName(client) : initials(client)}
        facility={tablet.record('facilities', client.facilityId)?.record.name ?? null}
      />
      <div className="no-print flex flex-col gap-4">
        <Checkbox isSelected={withName} onChange={setWithName} hint={t('clients.card.fullNameHint')}>
          {t('clients.card.fullName')}
        </Checkbox>
        <div className="flex flex-wrap gap-3">
          <Button onPress={() => window.print()}>{t('clients.card.print')}</Button>
          <LinkButton to={`/clients/${client.id}`} kind="quiet">
            {t('fields.cancel')}
          </LinkButton>
        </div>
      </div>
    </>
  )
}
