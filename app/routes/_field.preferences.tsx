import { useTranslation } from 'react-i18next'
import { DeviceSettings } from '#app/features/preferences/DeviceSettings.tsx'
import { LanguageSwitch } from '#app/features/shell/LanguageSwitch.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export const clientLoader = () => null

export default function Preferences() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('preferences.title')}>{t('preferences.lead')}</PageHeader>
      <DeviceSettings languages={<LanguageSwitch />} />
    </>
  )
}
