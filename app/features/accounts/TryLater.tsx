import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'

/** Instead of an error at a field: nothing is wrong with what was typed now. */
export function TryLater({ seconds }: { seconds: number | undefined }) {
  const { t } = useTranslation()
  if (seconds === undefined) return null
  const words =
    seconds < 90 ? t('accounts.wait.seconds', { count: seconds }) : t('accounts.wait.minutes', { count: Math.ceil(seconds / 60) })
  return (
    <div role="alert">
      <Banner tone="warn" title={t('accounts.wait.title')}>
        {words}
      </Banner>
    </div>
  )
}
