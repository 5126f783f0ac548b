import { useTranslation } from 'react-i18next'
import { formatSize } from '#app/language/dates.ts'
import { type StorageFacts, spaceOf } from '#app/session/storage.ts'
import { Banner } from '#app/ui/Banner.tsx'

/** Before it is full, with what to do about it. */
export function SpaceBanner({ storage }: { storage: StorageFacts }) {
  const { t, i18n } = useTranslation()
  const space = spaceOf(storage)
  if (space === 'enough' || storage.quotaBytes === null) return null
  const sizes = { used: formatSize(storage.usedBytes, i18n.language), quota: formatSize(storage.quotaBytes, i18n.language) }
  return (
    <Banner tone={space === 'short' ? 'warn' : 'danger'} title={t(`sync.space.${space}`)}>
      {t(`sync.space.${space}Hint`, sizes)}
    </Banner>
  )
}
