import { useTranslation } from 'react-i18next'
import { formatDay, formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Card } from '#app/ui/Card.tsx'
import { PhoneLink } from '#app/ui/PhoneLink.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { Fact } from './Fact.tsx'
import { useAgeWords } from './useAgeWords.ts'
import { usePhoneNote } from './usePhoneNote.ts'

export function ClientDetails({ client }: { client: RecordOf<'clients'> }) {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const age = useAgeWords()(client)
  const { bornOn, bornOnEstimated, nationalId, email, phone } = client
  const read = usePhoneNote(phone, client.facilityId)
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('clients.details')}</h2>
      <Card>
        <dl className="grid gap-x-8 gap-y-4 tablet:grid-cols-2 desktop:grid-cols-1">
          <Fact name={t('fields.phone')}>
            {phone === null ? null : <PhoneLink phone={phone} dial={read?.kind === 'read' ? read.dial : undefined} />}
          </Fact>
          <Fact name={t(bornOnEstimated ? 'clients.bornOnEstimated' : 'clients.bornOn')}>
            {bornOn === null || bornOnEstimated ? age : formatDay(bornOn, i18n.language)}
          </Fact>
          <Fact name={t('fields.address')}>{client.address}</Fact>
          <Fact name={t('clients.nationalId')}>{nationalId === null ? null : <bdi>{nationalId}</bdi>}</Fact>
          <Fact name={t('fields.email')}>{email === null ? null : <bdi className="break-all">{email}</bdi>}</Fact>
          <Fact name={t('fields.facility')}>{tablet.record('facilities', client.facilityId)?.record.name}</Fact>
          <Fact name={t('fields.notes')}>{client.notes}</Fact>
          <Fact name={t('clients.share')}>{t(client.shareWithPartners ? 'fields.yes' : 'fields.no')}</Fact>
          <Fact name={t('clients.registeredOn')}>{formatInstant(client.createdAt, i18n.language)}</Fact>
          <Fact name={t('clients.changedOn')}>{formatInstant(client.updatedAt, i18n.language)}</Fact>
        </dl>
      </Card>
    </section>
  )
}
