import { useTranslation } from 'react-i18next'
import { useNewVersion } from '#app/session/newVersion.ts'
import { useIsFormUnsaved } from '#app/session/unsavedForm.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'

/** Asks, and not while something is typed in that is not saved. */
export function NewVersion() {
  const { t } = useTranslation()
  const { start, isStarting } = useNewVersion()
  const isTyping = useIsFormUnsaved()
  if (start === null) return null
  return (
    <Banner
      title={t(isStarting ? 'shell.update.starting' : 'shell.update.ready')}
      action={
        !isTyping && (
          <Button kind="secondary" isPending={isStarting} onPress={start}>
            {t('shell.update.use')}
          </Button>
        )
      }
    >
      {isTyping ? t('shell.update.formFirst') : isStarting && t('shell.update.startingHint')}
    </Banner>
  )
}
