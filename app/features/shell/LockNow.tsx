import { Lock } from 'lucide-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { lockTablet } from '#app/session/deviceKey.ts'
import { TabletContext } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'

/** Before the tablet is left on a table. Only where it is open. */
export function LockNow() {
  const { t } = useTranslation()
  if (useContext(TabletContext) === null) return null
  return (
    <Button kind="secondary" className="w-full" onPress={() => void lockTablet()}>
      <Lock aria-hidden="true" className="size-5" />
      {t('lock.now')}
    </Button>
  )
}
