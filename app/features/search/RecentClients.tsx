import { Users } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { recentClients } from './recentClients.ts'

const SHOWN = 10

export interface RecentClientsProps {
  records: readonly LocalRecord<'clients'>[]
  list: (clients: readonly RecordOf<'clients'>[]) => ReactNode
  /** Everybody has arrived on this device once: until then, nobody here means nothing. */
  isWhole: boolean
}

export function RecentClients({ records, list, isWhole }: RecentClientsProps) {
  const { t } = useTranslation()
  const recent = useMemo(() => recentClients(records, SHOWN), [records])
  if (recent.length === 0 && !isWhole) return null
  if (recent.length === 0) {
    return (
      <EmptyState title={t('home.empty')} Icon={Users} action={<LinkButton to="/clients/new">{t('home.registerNew')}</LinkButton>}>
        {t('home.emptyHint')}
      </EmptyState>
    )
  }
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-bold">{t('home.recent')}</h2>
      {list(recent)}
    </section>
  )
}
