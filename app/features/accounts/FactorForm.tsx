import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { FormTrouble } from './FormTrouble.tsx'
import { PasswordField } from './PasswordField.tsx'

export interface FactorFormProps {
  on: boolean
  mistakes: Mistakes | undefined
  wait: number | undefined
}

/** Behind a `details`, which opens without a script. Each of its buttons asks for the password. */
export function FactorForm({ on, mistakes, wait }: FactorFormProps) {
  const { t } = useTranslation()
  const troubled = mistakes?.['factor-password'] !== undefined || wait !== undefined
  return (
    <details open={troubled || undefined}>
      <summary className="min-h-12 cursor-pointer py-3 font-semibold text-primary">
        {t(on ? 'accounts.factor.change' : 'accounts.factor.begin')}
      </summary>
      <FormTrouble mistakes={mistakes} wait={wait}>
        {(of) => (
          <Form method="post" noValidate className="flex flex-col gap-5">
            <PasswordField
              name="factor-password"
              label={t('accounts.factor.password')}
              autoComplete="current-password"
              error={of('factor-password')}
            />
            <div className="flex flex-wrap gap-3">
              {on ? (
                <>
                  <Button type="submit" kind="secondary" name="intent" value="recovery-codes">
                    {t('accounts.factor.renew')}
                  </Button>
                  <Button type="submit" kind="danger" name="intent" value="factor-end">
                    {t('accounts.factor.end')}
                  </Button>
                </>
              ) : (
                <Button type="submit" name="intent" value="factor-begin">
                  {t('fields.confirm')}
                </Button>
              )}
            </div>
          </Form>
        )}
      </FormTrouble>
    </details>
  )
}
