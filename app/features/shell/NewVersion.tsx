import { useTranslation } from 'react-i18next'
import { useNewVersion } from '#app/session/newVersion.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'

/** Asks; a page with something typed in is never reloaded by itself. */
export function NewVersion() {
  const { t } = useTranslation()
  const start = useNewVersion()
  if (start === null) return null
  return (
    <Banner
      title={t('shell.update.ready')}
      action={
        <Button kind="secondary" onPress={start}>
          {t('shell.update.use')}
        </Button>
      }
    />
  )
}
