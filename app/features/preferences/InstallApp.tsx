import { useTranslation } from 'react-i18next'
import { install, useInstalling } from '#app/session/install.ts'
import { Button } from '#app/ui/Button.tsx'

/** In the settings, for who was not asked or said no. Nothing where this browser cannot do it. */
export function InstallApp() {
  const { t } = useTranslation()
  const installing = useInstalling()
  if (installing === 'not-here') return null
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="font-semibold">{t('preferences.install.title')}</p>
      <p className="text-ink-soft">{t(`preferences.install.${installing}`)}</p>
      {installing === 'offered' && (
        <Button kind="secondary" onPress={() => void install()}>
          {t('preferences.install.submit')}
        </Button>
      )}
    </div>
  )
}
