import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, formatInstant } from '#app/language/dates.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Card } from '#app/ui/Card.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { PhoneLink } from './PhoneLink.tsx'
import { useAgeWords } from './useAgeWords.ts'

export function ClientDetails({ client }: { client: RecordOf<'clients'> }) {
  const { t, i18n } = useTranslation()
  const tablet = useTablet()
  const age = useAgeWords()(client)
  const born = client.bornOn === null || client.bornOnEstimated ? age : formatDay(client.bornOn, i18n.language)
  const facts: [string, ReactNode][] = [
    [t('fields.phone'), client.phone === null ? null : <PhoneLink phone={client.phone} />],
    [t(client.bornOnEstimated ? 'clients.bornOnEstimated' : 'clients.bornOn'), born],
    [t('fields.address'), client.address],
    [t('clients.nationalId'), client.nationalId === null ? null : <bdi>{client.nationalId}</bdi>],
    [t('fields.email'), client.email === null ? null : <bdi className="break-all">{client.email}</bdi>],
    [t('fields.facility'), tablet.record('facilities', client.facilityId)?.record.name ?? null],
    [t('fields.notes'), client.notes],
    [t('clients.registeredOn'), formatInstant(client.createdAt, i18n.language)],
    [t('clients.changedOn'), formatInstant(client.updatedAt, i18n.language)],
  ]
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('clients.details')}</h2>
      <Card>
        <dl className="grid gap-x-8 gap-y-4 tablet:grid-cols-2 desktop:grid-cols-1">
          {facts.map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-sm text-ink-soft">{name}</dt>
              <dd className="break-words whitespace-pre-line">{value ?? <span className="text-ink-soft">{t('clients.notGiven')}</span>}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </section>
  )
}
