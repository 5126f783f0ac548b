import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'
import { SeenEntry } from './SeenEntry.tsx'
import { useSeen } from './useSeen.ts'

/** Only the server knows all of it, so that nothing is shown without a connection. */
export function SeenList({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const { answer, state, older, again } = useSeen(clientId)
  if (answer === null) {
    if (state === 'offline') return <Banner>{t('history.seen.offline')}</Banner>
    if (state === 'failed') return <Failed again={again} />
    return <Skeleton label={t('history.seen.loading')} lines={3} />
  }
  return (
    <div className="flex flex-col gap-3">
      {state === 'offline' && <Banner>{t('history.seen.offline')}</Banner>}
      {state === 'failed' && <Failed again={again} />}
      {answer.rows.length === 0 ? (
        <EmptyState title={t('history.seen.none')} Icon={Eye}>
          {t('history.seen.noneHint')}
        </EmptyState>
      ) : (
        <ol aria-label={t('history.seen.title')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
          {answer.rows.map((row) => (
            <SeenEntry key={row.seq} row={row} names={answer.names} />
          ))}
        </ol>
      )}
      {older !== null && (
        <Button kind="secondary" isPending={state === 'asking'} onPress={older}>
          {t('history.older')}
        </Button>
      )}
    </div>
  )
}

function Failed({ again }: { again: () => void }) {
  const { t } = useTranslation()
  const action = (
    <Button kind="secondary" onPress={again}>
      {t('history.tryAgain')}
    </Button>
  )
  return (
    <Banner tone="warn" action={action}>
      {t('history.seen.failed')}
    </Banner>
  )
}
