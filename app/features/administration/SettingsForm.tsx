import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import type { Settings } from '#domain/accounts/settings.ts'

export function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  return (
    <Card className="max-w-2xl">
      <Form method="post" className="flex flex-col gap-5">
        <Checkbox
          name="doctorsMayInvite"
          value="yes"
          defaultSelected={settings.doctorsMayInvite}
          hint={t('administration.settings.doctorsMayInviteHint')}
        >
          {t('administration.settings.doctorsMayInvite')}
        </Checkbox>
        <Button type="submit" className="self-start">
          {t('administration.settings.save')}
        </Button>
      </Form>
    </Card>
  )
}
