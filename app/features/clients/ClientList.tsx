import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import type { RecordOf } from '#domain/collections.ts'
import { ClientRow } from './ClientRow.tsx'
import { useAgeWords } from './useAgeWords.ts'
import { useClientMarks } from './useClientMarks.ts'

/** At most this many rows of any list are drawn; a longer one asks to be narrowed down. */
export const ROWS = 50
/** More than a screen holds: the rest is drawn when the page is free. */
const FIRST_ROWS = 12

export interface ClientListProps {
  clients: readonly RecordOf<'clients'>[]
  /** What is said of a client besides. */
  children?: (id: string) => ReactNode
}

export function ClientList({ clients, children }: ClientListProps) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const marks = useClientMarks()
  const ageOf = useAgeWords()
  const rows = useRowsFor(clients)
  const own = tablet.account.facilities
  return (
    <ul aria-label={t('clients.listLabel')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
      {clients.slice(0, rows).map((client) => (
        <ClientRow
          key={client.id}
          client={client}
          age={ageOf(client)}
          mark={marks.get(client.id)}
          // Nobody with one facility is told of it, unless the client is another one's and shared.
          facility={
            own.length > 1 || !own.includes(client.facilityId) ? tablet.record('facilities', client.facilityId)?.record.name : undefined
          }
        >
          {children?.(client.id)}
        </ClientRow>
      ))}
    </ul>
  )
}

/** While somebody types, the first rows stand at once. */
function useRowsFor(clients: readonly RecordOf<'clients'>[]): number {
  const [whole, setWhole] = useState<typeof clients | null>(null)
  useEffect(() => startTransition(() => setWhole(clients)), [clients])
  return whole === clients ? ROWS : FIRST_ROWS
}
