import { useNavigate } from '@remix-run/react'
import { UserPlus } from 'lucide-react'
import { memo, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientList, ROWS } from '#app/features/clients/ClientList.tsx'
import { DraftList } from '#app/features/clients/DraftList.tsx'
import { DueNotice } from '#app/features/enrollments/DueNotice.tsx'
import { isNarrowing } from '#app/features/search/clientFilter.ts'
import { RecentClients } from '#app/features/search/RecentClients.tsx'
import { SearchFilters } from '#app/features/search/SearchFilters.tsx'
import { SearchResults } from '#app/features/search/SearchResults.tsx'
import { ScanCard } from '#app/features/search/scan/ScanCard.tsx'
import { UnsentBanner } from '#app/features/search/UnsentBanner.tsx'
import { useClientFilter } from '#app/features/search/useClientFilter.ts'
import { type ClientsFound, useClientSearch } from '#app/features/search/useClientSearch.ts'
import { useOpenOnly } from '#app/features/search/useOpenOnly.ts'
import { LookElsewhere } from '#app/features/sharing/LookElsewhere.tsx'
import { SEARCH_ID } from '#app/features/shell/Shortcuts.tsx'
import { FirstSyncPanel } from '#app/features/sync/FirstSyncPanel.tsx'
import { InstallNotice } from '#app/features/sync/InstallNotice.tsx'
import { WeekNotice } from '#app/features/sync/WeekNotice.tsx'
import { useRecords, useSyncState, useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { ArrowKeys } from '#app/ui/ArrowKeys.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { SearchField } from '#app/ui/SearchField.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import { useLatest } from '#app/ui/useLatest.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import type { RecordOf } from '#domain/collections.ts'

export const clientLoader = () => null

const list = (clients: readonly RecordOf<'clients'>[]) => <ClientList clients={clients} />

export default function Home() {
  const { t } = useTranslation()
  const sync = useSyncState()
  const records = useRecords('clients')
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useClientFilter()
  const found = useClientSearch(typed, filter, useToday(), ROWS)
  const navigate = useNavigate()
  const tablet = useTablet()
  const openOnly = useOpenOnly(found, typed.trim())
  const narrow = useLatest(setFilter)
  const clear = useCallback(() => narrow.current({}), [narrow])
  // The first records are in memory long before the last: nobody waits for a whole clinic to be read.
  const ready = sync.loaded || records.length > 0
  const takeNumber = (number: string) => {
    if (tablet.record('clients', number)) navigate(`/clients/${number}`)
    // Not on this device: what is known of the number is said as if it had been typed.
    else setTyped(spokenClientNumber(number))
  }
  const register = (
    <LinkButton to="/clients/new" className="max-tablet:hidden">
      <UserPlus aria-hidden="true" className="size-5" />
      {t('home.registerNew')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('home.title')} actions={register} />
      <ArrowKeys className="flex flex-col gap-6">
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1 basis-72">
            <SearchField
              id={SEARCH_ID}
              label={t('home.search')}
              hint={t('home.searchHint')}
              value={typed}
              onChange={setTyped}
              onSubmit={openOnly}
            />
          </div>
          <ScanCard onNumber={takeNumber} />
        </div>
        {records.length > 0 && <SearchFilters filter={filter} onChange={setFilter} />}
        {!ready && <Skeleton label={t('fields.loading')} lines={6} />}
        {ready && <Found found={found} onClear={clear} />}
      </ArrowKeys>
    </>
  )
}

interface FoundProps {
  /** Null: nothing is asked. */
  found: ClientsFound | null
  onClear: () => void
}

const Found = memo(function Found({ found, onClear }: FoundProps) {
  const sync = useSyncState()
  const records = useRecords('clients')
  const isWhole = sync.loaded && sync.firstSync === 'done'
  if (found !== null) {
    return (
      <SearchResults
        typed={found.typed}
        found={found}
        list={list}
        isWhole={isWhole}
        onClearFilters={isNarrowing(found.filter) ? onClear : undefined}
        elsewhere={<LookElsewhere typed={found.typed} />}
      />
    )
  }
  return (
    <>
      <FirstSyncPanel sync={sync} />
      <UnsentBanner count={sync.unsent} />
      {sync.unsent > 0 && <WeekNotice />}
      {isWhole && <InstallNotice />}
      <DueNotice />
      <DraftList />
      <RecentClients records={records} list={list} isWhole={isWhole} />
    </>
  )
})
