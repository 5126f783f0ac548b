import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { TryLater } from './TryLater.tsx'

export interface ForgotFormProps {
  mistakes: Mistakes | undefined
  wait: number | undefined
  email: string | undefined
}

export function ForgotForm({ mistakes, wait, email }: ForgotFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  // Not the button's `isPending`: its announcement would name a button that is gone once the answer is here (axe: role-img-alt).
  const busy = useNavigation().state !== 'idle'
  return (
    <>
      <p className="text-ink-soft">{t('accounts.forgot.lead')}</p>
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      <Form method="post" noValidate onSubmit={(event) => busy && event.preventDefault()} className="flex flex-col gap-5">
        <TextField
          id="email"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          label={t('fields.email')}
          defaultValue={email ?? ''}
          error={of('email')}
        />
        <Button type="submit">{t('accounts.forgot.submit')}</Button>
      </Form>
    </>
  )
}
