import { useTranslation } from 'react-i18next'
import { isInstalled } from '#app/session/browserStorage.ts'
import { forgetsAfterAWeek } from '#app/session/storage.ts'
import { useStorageFacts } from '#app/session/useStorageFacts.ts'
import { Banner } from '#app/ui/Banner.tsx'

/** Safari's rule of 7 days, where it holds. A browser that tells nothing of its storage has promised nothing. */
export function WeekNotice() {
  const { t } = useTranslation()
  const isKept = useStorageFacts()?.isKept ?? false
  if (!forgetsAfterAWeek({ userAgent: navigator.userAgent, isInstalled: isInstalled(), isKept })) return null
  return (
    <Banner tone="warn" title={t('sync.week.title')}>
      {t('sync.week.hint')}
    </Banner>
  )
}
