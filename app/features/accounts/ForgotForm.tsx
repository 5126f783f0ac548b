import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { EmailField } from '#app/ui/EmailField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TryLater } from './TryLater.tsx'

export interface ForgotFormProps {
  mistakes: Mistakes | undefined
  wait: number | undefined
  email: string | undefined
}

export function ForgotForm({ mistakes, wait, email }: ForgotFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  return (
    <>
      <p className="text-ink-soft">{t('accounts.forgot.lead')}</p>
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        <EmailField autoComplete="username" defaultValue={email ?? ''} error={of('email')} />
        <Button type="submit" isPending={busy}>
          {t('accounts.forgot.submit')}
        </Button>
      </Form>
    </>
  )
}
