import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { FormTrouble } from './FormTrouble.tsx'

export function ProfileForm({ name, mistakes }: { name: string; mistakes: Mistakes | undefined }) {
  const { t } = useTranslation()
  const busy = useNavigation().state !== 'idle'
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 className="text-xl font-bold">{t('accounts.own.profile')}</h2>
      <FormTrouble mistakes={mistakes} wait={undefined}>
        {(of) => (
          <Form method="post" noValidate className="flex flex-col gap-5">
            <input type="hidden" name="intent" value="rename" />
            <TextField
              id="name"
              name="name"
              autoComplete="name"
              label={t('fields.name')}
              hint={t('accounts.own.nameHint')}
              defaultValue={name}
              error={of('name')}
            />
            <Button type="submit" isPending={busy} className="self-start">
              {t('fields.save')}
            </Button>
          </Form>
        )}
      </FormTrouble>
    </Card>
  )
}
