import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { noteSignIn } from '#app/session/account.ts'
import { noteTyped } from '#app/session/typedPassword.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { EmailField } from '#app/ui/EmailField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PasswordField } from './PasswordField.tsx'
import { TryLater } from './TryLater.tsx'
import { UnsentHere } from './UnsentHere.tsx'

export interface SignInFormProps {
  mistakes: Mistakes | undefined
  /** The e-mail that was typed before. */
  email: string | undefined
  /** Seconds until the next try is taken. */
  wait?: number | undefined
  /** A new password was set just now. */
  reset?: boolean
}

export function SignInForm({ mistakes, email, wait, reset = false }: SignInFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  return (
    <>
      <h1 className="text-2xl font-bold">{t('accounts.signIn.title')}</h1>
      {reset && <Banner tone="good" title={t('accounts.signIn.newPassword')} />}
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      <UnsentHere />
      <Form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          const given = new FormData(event.currentTarget)
          noteSignIn(String(given.get('email')))
          noteTyped(String(given.get('email')), String(given.get('password')))
        }}
      >
        <EmailField autoComplete="username" defaultValue={email ?? ''} error={of('email')} />
        <PasswordField autoComplete="current-password" error={of('password')} />
        <Button type="submit" isPending={busy}>
          {t('accounts.signIn.submit')}
        </Button>
      </Form>
      <LinkButton to="/forgot" kind="quiet" className="self-start">
        {t('accounts.signIn.forgotten')}
      </LinkButton>
      <p className="text-ink-soft">{t('accounts.signIn.noAccount')}</p>
    </>
  )
}
