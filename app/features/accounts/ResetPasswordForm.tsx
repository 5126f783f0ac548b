import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { CodeField } from './CodeField.tsx'
import { PasswordField } from './PasswordField.tsx'
import { TryLater } from './TryLater.tsx'

export interface ResetPasswordFormProps {
  /** Whose link it is; null where a code is typed instead. */
  view: { email: string; secondFactor: boolean } | null
  mistakes: Mistakes | undefined
  wait: number | undefined
  /** The code that was typed before. */
  code: string | undefined
}

/** A new password, by a link or by a code. Signing in is another step: a second factor is asked there. */
export function ResetPasswordForm({ view, mistakes, wait, code }: ResetPasswordFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  const rules = view?.secondFactor ? t('accounts.own.newPasswordRulesShort') : t('accounts.passwordRules')
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{t('accounts.reset.title')}</h1>
        <p className="mt-1 text-ink-soft">{t('accounts.reset.lead')}</p>
      </header>
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        {view === null ? (
          <CodeField
            key={code}
            label={t('accounts.reset.code')}
            hint={t('accounts.reset.codeHint')}
            error={of('code')}
            defaultValue={code}
          />
        ) : (
          <TextField id="email" type="email" autoComplete="username" label={t('fields.email')} isReadOnly value={view.email} />
        )}
        <PasswordField label={t('accounts.reset.password')} autoComplete="new-password" hint={rules} error={of('password')} />
        <Button type="submit" isPending={busy}>
          {t('accounts.reset.submit')}
        </Button>
      </Form>
    </>
  )
}
