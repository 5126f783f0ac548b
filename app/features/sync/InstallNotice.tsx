import { useTranslation } from 'react-i18next'
import { install, useInstalling } from '#app/session/install.ts'
import { changeSettings, useSettings } from '#app/session/settings.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'

/** Once everybody has arrived, and until somebody says no on this device. */
export function InstallNotice() {
  const { t } = useTranslation()
  const { noInstall } = useSettings()
  if (useInstalling() !== 'offered' || noInstall) return null
  const buttons = (
    <div className="flex flex-wrap gap-2">
      <Button onPress={() => void install()}>{t('preferences.install.submit')}</Button>
      <Button kind="quiet" onPress={() => changeSettings({ noInstall: true })}>
        {t('preferences.install.notNow')}
      </Button>
    </div>
  )
  return (
    <Banner title={t('preferences.install.title')} action={buttons}>
      {t('preferences.install.offered')}
    </Banner>
  )
}
