import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { CodeField } from './CodeField.tsx'
import { TryLater } from './TryLater.tsx'

export interface SecondStepFormProps {
  /** From the answer to the password. */
  step: string
  mistakes: Mistakes | undefined
  wait: number | undefined
}

/** In the place of the sign-in form, once the password was right. */
export function SecondStepForm({ step, mistakes, wait }: SecondStepFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().state !== 'idle'
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{t('accounts.secondStep.title')}</h1>
        <p className="mt-1 text-ink-soft">{t('accounts.secondStep.lead')}</p>
      </header>
      <TryLater seconds={wait} />
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="flex flex-col gap-5">
        <input type="hidden" name="step" value={step} />
        <CodeField label={t('accounts.secondStep.code')} error={of('code')} />
        <Button type="submit" isPending={busy}>
          {t('accounts.secondStep.submit')}
        </Button>
      </Form>
      <LinkButton to="/sign-in" kind="quiet" className="self-start" reloadDocument>
        {t('accounts.secondStep.again')}
      </LinkButton>
    </>
  )
}
