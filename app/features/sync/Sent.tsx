import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatNumber } from '#app/language/dates.ts'
import { Facts } from './Facts.tsx'
import { useLastWords } from './useLastWords.ts'

export function Sent({ sync: { lastSentAt, unsent } }: { sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const lastWords = useLastWords()
  return (
    <Facts
      title={t('sync.sent')}
      facts={[
        [t('sync.lastSent'), lastWords(lastSentAt)],
        [t('sync.toSend'), formatNumber(unsent, i18n.language)],
      ]}
    />
  )
}
