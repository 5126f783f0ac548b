import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatNumber } from '#app/language/dates.ts'
import { Facts } from './Facts.tsx'
import { useLastWords } from './useLastWords.ts'

/** What came down, apart from what went up: one may work while the other does not. */
export function Received({ sync: { firstSync, lastReceivedAt, repairs } }: { sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const lastWords = useLastWords()
  const first = firstSync === 'done' ? t('sync.firstDone') : firstSync === 'waiting' ? t('sync.firstWaiting') : t('sync.firstRuns')
  return (
    <Facts
      title={t('sync.received')}
      facts={[
        [t('sync.lastReceived'), lastWords(lastReceivedAt)],
        [t('sync.firstSync'), first],
        [t('sync.repairs'), formatNumber(repairs, i18n.language)],
      ]}
    />
  )
}
