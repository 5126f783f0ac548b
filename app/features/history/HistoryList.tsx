import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSyncState } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import type { CollectionName } from '#domain/collections.ts'
import { isOff } from './clocks.ts'
import { EntryRow } from './EntryRow.tsx'
import { useHistory } from './useHistory.ts'

export function HistoryList({ collection, recordId }: { collection: CollectionName; recordId: string }) {
  const { t } = useTranslation()
  const { clockOffset } = useSyncState()
  const { entries, source, older, isLoadingOlder, again } = useHistory(collection, recordId)
  if (source === 'loading') return <Skeleton label={t('history.loading')} lines={4} />
  const tryAgain = (
    <Button kind="secondary" onPress={again}>
      {t('history.tryAgain')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-3">
      {source === 'here' && <Banner>{t('history.onlyHere')}</Banner>}
      {source === 'failed' && (
        <Banner tone="warn" action={tryAgain}>
          {t('history.failed')}
        </Banner>
      )}
      {isOff(clockOffset) && <Banner tone="warn">{t('history.clockHere')}</Banner>}
      {entries.length === 0 ? (
        <EmptyState title={t('history.none')} Icon={History}>
          {t('history.noneHint')}
        </EmptyState>
      ) : (
        <ol aria-label={t('history.list')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
          {entries.map((entry) => (
            <EntryRow key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
      {older !== null && (
        <Button kind="secondary" isPending={isLoadingOlder} onPress={older}>
          {t('history.older')}
        </Button>
      )}
    </div>
  )
}
