import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { noteNewPassword } from '#app/session/passwordChange.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { FormTrouble } from './FormTrouble.tsx'
import { PasswordField } from './PasswordField.tsx'

export interface ChangePasswordFormProps {
  email: string
  secondFactor: boolean
  mistakes: Mistakes | undefined
  wait: number | undefined
}

export function ChangePasswordForm({ email, secondFactor, mistakes, wait }: ChangePasswordFormProps) {
  const { t } = useTranslation()
  const busy = useNavigation().state !== 'idle'
  const rules = secondFactor ? t('accounts.own.newPasswordRulesShort') : t('accounts.passwordRules')
  return (
    <Card className="flex max-w-2xl flex-col gap-5">
      <h2 className="text-xl font-bold">{t('accounts.own.password')}</h2>
      <p className="text-ink-soft">{t('accounts.own.passwordLead')}</p>
      <FormTrouble mistakes={mistakes} wait={wait}>
        {(of) => (
          <Form method="post" noValidate className="flex flex-col gap-5" onSubmit={(event) => note(new FormData(event.currentTarget))}>
            <input type="hidden" name="intent" value="password" />
            {/* For password managers, which else would not know whose it is. */}
            <input type="hidden" name="username" autoComplete="username" value={email} />
            <PasswordField name="current" label={t('accounts.own.current')} autoComplete="current-password" error={of('current')} />
            <PasswordField label={t('accounts.own.newPassword')} autoComplete="new-password" hint={rules} error={of('password')} />
            <Button type="submit" isPending={busy} className="self-start">
              {t('accounts.own.changePassword')}
            </Button>
          </Form>
        )}
      </FormTrouble>
    </Card>
  )
}

/** For the key of this tablet, which the password closes. */
function note(form: FormData): void {
  noteNewPassword(String(form.get('current')), String(form.get('password')))
}
