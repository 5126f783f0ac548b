import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeSettings, LOCK_AFTER, SIZES, THEMES, useSettings } from '#app/session/settings.ts'
import { Card } from '#app/ui/Card.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { InstallApp } from './InstallApp.tsx'

/** Each choice holds at once, for everybody on this device, and needs no server. */
export function DeviceSettings({ languages }: { languages: ReactNode }) {
  const { t } = useTranslation()
  const { theme, size, lowData, lockAfterMinutes, shortcuts } = useSettings()
  return (
    <Card className="flex flex-col gap-6">
      <div className="flex flex-col items-start gap-1.5">
        <p className="font-semibold">{t('shell.language')}</p>
        <div className="flex max-w-full">{languages}</div>
      </div>
      <InstallApp />
      <RadioGroup
        label={t('preferences.theme')}
        value={theme ?? 'system'}
        choices={(['system', ...THEMES] as const).map((value) => ({ value, label: t(`preferences.themes.${value}`) }))}
        onChange={(value) => changeSettings({ theme: THEMES.find((one) => one === value) ?? null })}
      />
      <RadioGroup
        label={t('preferences.size')}
        value={size}
        choices={SIZES.map((value) => ({ value, label: t(`preferences.sizes.${value}`) }))}
        onChange={(value) => changeSettings({ size: SIZES.find((one) => one === value) ?? 'usual' })}
      />
      <RadioGroup
        label={t('preferences.lockAfter')}
        hint={t('preferences.lockAfterHint')}
        value={String(lockAfterMinutes)}
        choices={LOCK_AFTER.map((count) => ({ value: String(count), label: t('preferences.minutes', { count }) }))}
        onChange={(value) => changeSettings({ lockAfterMinutes: LOCK_AFTER.find((one) => String(one) === value) ?? 5 })}
      />
      <Checkbox isSelected={lowData} onChange={(isSelected) => changeSettings({ lowData: isSelected })} hint={t('preferences.lowDataHint')}>
        {t('preferences.lowData')}
      </Checkbox>
      <Checkbox
        isSelected={shortcuts}
        onChange={(isSelected) => changeSettings({ shortcuts: isSelected })}
        hint={t('preferences.shortcutsHint')}
      >
        {t('preferences.shortcuts')}
      </Checkbox>
    </Card>
  )
}
