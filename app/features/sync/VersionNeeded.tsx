import { useTranslation } from 'react-i18next'
import { startNewVersion, useNewVersion } from '#app/session/newVersion.ts'
import { useIsFormUnsaved } from '#app/session/unsavedForm.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'

/** The server no longer understands how this version receives. What is typed comes first: a form is never reloaded. */
export function VersionNeeded() {
  const { t } = useTranslation()
  const { isStarting } = useNewVersion()
  const isTyping = useIsFormUnsaved()
  const load = !isTyping && (
    <Button kind="secondary" isPending={isStarting} onPress={() => void startNewVersion()}>
      {t('shell.update.use')}
    </Button>
  )
  return (
    <Banner tone="warn" title={t('shell.update.needed')} action={load}>
      {t(isTyping ? 'shell.update.formFirst' : 'shell.update.neededHint')}
    </Banner>
  )
}
