import { IdCard, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { RecordOf } from '#domain/collections.ts'
import { Avatar } from './Avatar.tsx'
import { ClientMarkWords } from './ClientMarkWords.tsx'
import type { ClientMark } from './clientMarks.ts'
import { useAgeWords } from './useAgeWords.ts'

export interface ClientHeaderProps {
  client: RecordOf<'clients'>
  mark: ClientMark | 'sent'
  readOnly: boolean
}

export function ClientHeader({ client, mark, readOnly }: ClientHeaderProps) {
  const { t } = useTranslation()
  const age = useAgeWords()(client) ?? t('clients.ageUnknown')
  const sex = client.sex === 'unknown' ? t('clients.sexUnknown') : t(`clients.sex.${client.sex}`)
  const actions = (
    <>
      <LinkButton to={`/clients/${client.id}/card`} kind="secondary">
        <IdCard aria-hidden="true" className="size-5" />
        {t('clients.card.open')}
      </LinkButton>
      <LinkButton to={`/clients/${client.id}/edit`} kind="secondary">
        <Pencil aria-hidden="true" className="size-5" />
        {t('fields.edit')}
      </LinkButton>
    </>
  )
  return (
    <div className="flex items-start gap-4">
      <span className="max-tablet:hidden">
        <Avatar client={client} size="page" />
      </span>
      <div className="min-w-0 flex-1">
        <PageHeader
          title={fullName(client)}
          outside={t('clients.outside', { number: spokenClientNumber(client.id) })}
          actions={readOnly ? undefined : actions}
        >
          <p>
            {sex} · {age}
          </p>
          <p className="flex flex-wrap items-center gap-x-4">
            <span>
              <span className="sr-only">{t('clients.number')}: </span>
              <bdi className="font-mono">{spokenClientNumber(client.id)}</bdi>
            </span>
            <ClientMarkWords mark={mark} />
          </p>
        </PageHeader>
      </div>
    </div>
  )
}
