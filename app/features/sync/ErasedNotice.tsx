import { useTranslation } from 'react-i18next'
import { useSyncState, useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { spokenClientNumber } from '#domain/clients/number.ts'

/** A change of this doctor was not kept: that is said until it was read, on whichever page. */
export function ErasedNotice() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { erased } = useSyncState()
  if (erased.length === 0) return null
  const understood = (
    <Button kind="secondary" onPress={() => void tablet.noteErasedRead()}>
      {t('erasure.understood')}
    </Button>
  )
  const numbers = erased.map(({ id }) => spokenClientNumber(id)).join(', ')
  return (
    <div role="status">
      <Banner tone="warn" title={t('erasure.unkept', { count: erased.length, numbers })} action={understood}>
        {t('erasure.unkeptHint')}
      </Banner>
    </div>
  )
}
