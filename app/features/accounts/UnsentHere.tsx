import { useTranslation } from 'react-i18next'
import { useUnsentCounts } from '#app/session/useUnsentCounts.ts'
import { Banner } from '#app/ui/Banner.tsx'

/**
 * Whose changes wait on this tablet, on the pages where one may sign in or unlock.
 * @param delivered of them the server has by now, closed: what became of them shows when they are opened here
 */
export function UnsentHere({ delivered = 0 }: { delivered?: number }) {
  const { t } = useTranslation()
  const counts = useUnsentCounts()
  if (counts.length === 0) return null
  return (
    <Banner title={t('accounts.unsentHere')}>
      <ul>
        {counts.map(({ accountId, name, count }) => (
          <li key={accountId} className="break-words">
            {t('accounts.unsentOf', { name, count })}
          </li>
        ))}
      </ul>
      {delivered > 0 && <p role="status">{t('lock.delivered', { count: delivered })}</p>}
      <p className="text-sm text-ink-soft">{t('accounts.unsentHereHint')}</p>
    </Banner>
  )
}
