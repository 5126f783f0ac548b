import { useTranslation } from 'react-i18next'
import { useUnsentCounts } from '#app/session/useUnsentCounts.ts'
import { Banner } from '#app/ui/Banner.tsx'

/** Whose changes wait on this tablet, on the page where one may sign in as somebody else. */
export function UnsentHere() {
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
      <p className="text-sm text-ink-soft">{t('accounts.unsentHereHint')}</p>
    </Banner>
  )
}
