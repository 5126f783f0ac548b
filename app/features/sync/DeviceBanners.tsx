import { useTranslation } from 'react-i18next'
import type { SyncState } from '#app/data/tablet.ts'
import { formatLength } from '#app/language/dates.ts'
import { clockIsOff } from '#app/session/clock.ts'
import { useStorageFacts } from '#app/session/useStorageFacts.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { SpaceBanner } from './SpaceBanner.tsx'
import { VersionNeeded } from './VersionNeeded.tsx'
import { WeekNotice } from './WeekNotice.tsx'

/** Everything about this device that a person should know or do something about. Mostly nothing. */
export function DeviceBanners({ sync: { restoring, clockOffset, problem } }: { sync: SyncState }) {
  const { t, i18n } = useTranslation()
  const storage = useStorageFacts()
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {problem === 'upgrade' && <VersionNeeded />}
      {restoring && (
        <div role="status">
          <Banner title={t('sync.restoring')}>{t('sync.restoringHint')}</Banner>
        </div>
      )}
      {clockIsOff(clockOffset) && (
        <Banner
          tone="warn"
          title={t(clockOffset > 0 ? 'sync.clock.ahead' : 'sync.clock.behind', { length: formatLength(clockOffset, i18n.language) })}
        >
          {t('sync.clock.hint')}
        </Banner>
      )}
      {storage !== null && <SpaceBanner storage={storage} />}
      <WeekNotice />
    </div>
  )
}
