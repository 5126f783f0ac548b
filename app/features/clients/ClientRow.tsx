import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { RecordOf } from '#domain/collections.ts'
import { Avatar } from './Avatar.tsx'
import { ClientMarkWords } from './ClientMarkWords.tsx'
import type { ClientMark } from './clientMarks.ts'

export interface ClientRowProps {
  client: RecordOf<'clients'>
  age: string | null
  mark: ClientMark | undefined
  facility: string | undefined
  children?: ReactNode
}

/** The row is one link: the whole of it can be touched. Of the rows of a list most stay as they are while somebody types. */
export const ClientRow = memo(function ClientRow({ client, age, mark, facility, children }: ClientRowProps) {
  const { t } = useTranslation()
  const sex = client.sex === 'unknown' ? t('clients.sexUnknown') : t(`clients.sex.${client.sex}`)
  return (
    <li>
      <Link
        to={`/clients/${client.id}`}
        data-arrow-stop=""
        className="flex min-h-18 items-center gap-4 px-4 py-3 text-ink no-underline hover:bg-paper focus-visible:-outline-offset-3"
      >
        <Avatar client={client} />
        <span className="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 tablet:grid-cols-[minmax(0,1fr)_auto] tablet:items-center">
          <span className="min-w-0">
            <span className="block font-semibold break-words">{fullName(client)}</span>
            <span className="block text-ink-soft">{[sex, age ?? t('clients.ageUnknown'), facility].filter(Boolean).join(' · ')}</span>
            {children}
          </span>
          <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft tablet:flex-col tablet:items-end">
            {client.phone !== null && <bdi className="tabular-nums">{client.phone}</bdi>}
            <bdi className="font-mono">{spokenClientNumber(client.id)}</bdi>
            {mark !== undefined && <ClientMarkWords mark={mark} />}
          </span>
        </span>
        <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-ink-soft rtl:rotate-180" />
      </Link>
    </li>
  )
})
