import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { Settings } from '#domain/accounts/settings.ts'

export interface SettingsFormProps {
  settings: Settings
  mistakes: Mistakes | undefined
}

export function SettingsForm({ settings, mistakes }: SettingsFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  return (
    <Card className="max-w-2xl">
      <Form method="post" noValidate className="flex flex-col gap-5">
        <ErrorSummary {...summary} />
        <Checkbox
          name="doctorsMayInvite"
          value="yes"
          defaultSelected={settings.doctorsMayInvite}
          hint={t('administration.settings.doctorsMayInviteHint')}
        >
          {t('administration.settings.doctorsMayInvite')}
        </Checkbox>
        <TextField
          id="leaseDays"
          name="leaseDays"
          label={t('administration.settings.leaseDays')}
          hint={t('administration.settings.leaseDaysHint')}
          defaultValue={String(settings.leaseDays)}
          inputMode="numeric"
          maxLength={2}
          error={of('leaseDays')}
          className="max-w-96"
        />
        <Button type="submit" className="self-start">
          {t('administration.settings.save')}
        </Button>
      </Form>
    </Card>
  )
}
