import { useTranslation } from 'react-i18next'
import { formatAgo, formatInstant } from '#app/language/dates.ts'
import { useNow } from '#app/session/useNow.ts'

/** "5 Jan 2024, 14:25 (12 min ago)", or "Not yet". */
export function useLastWords(): (at: number | null) => string {
  const { t, i18n } = useTranslation()
  const now = useNow()
  return (at) => {
    if (at === null) return t('sync.never')
    return t('sync.receivedAgo', { when: formatInstant(at, i18n.language), ago: formatAgo(at, now, i18n.language) })
  }
}
