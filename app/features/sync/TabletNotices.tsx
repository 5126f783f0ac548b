import { useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatLength } from '#app/language/dates.ts'
import { clockIsOff } from '#app/session/clock.ts'
import { spaceOf } from '#app/session/storage.ts'
import { useStorageFacts } from '#app/session/useStorageFacts.ts'
import { useSyncState } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { ErasedNotice } from './ErasedNotice.tsx'
import { LeaseBanner } from './LeaseBanner.tsx'
import { SpaceBanner } from './SpaceBanner.tsx'
import { VersionNeeded } from './VersionNeeded.tsx'

/** What is true of the whole tablet and worth a word on every page. The sync page says it all at more length. */
export function TabletNotices() {
  const { t, i18n } = useTranslation()
  const { pathname } = useLocation()
  const { clockOffset, problem, lease } = useSyncState()
  const storage = useStorageFacts()
  if (pathname === '/sync') {
    return (
      <>
        <ErasedNotice />
        <LeaseBanner lease={lease} />
      </>
    )
  }
  return (
    <>
      <ErasedNotice />
      <LeaseBanner lease={lease} />
      {problem === 'upgrade' && <VersionNeeded />}
      {storage !== null && spaceOf(storage) !== 'enough' && <SpaceBanner storage={storage} />}
      {clockIsOff(clockOffset) && (
        <Banner>
          {t(clockOffset > 0 ? 'sync.clock.quietAhead' : 'sync.clock.quietBehind', { length: formatLength(clockOffset, i18n.language) })}
        </Banner>
      )}
    </>
  )
}
