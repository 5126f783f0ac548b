import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Mistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { QrCode } from '#app/ui/QrCode.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { CodeField } from './CodeField.tsx'
import { FormTrouble } from './FormTrouble.tsx'

export interface FactorSetUpProps {
  begun: { secret: string; uri: string }
  mistakes: Mistakes | undefined
  wait: number | undefined
}

/** The key is shown until its first code was right; it travels back with the form, because the server tells it once. */
export function FactorSetUp({ begun: { secret, uri }, mistakes, wait }: FactorSetUpProps) {
  const { t } = useTranslation()
  return (
    <FormTrouble mistakes={mistakes} wait={wait}>
      {(of) => (
        <Form method="post" noValidate className="flex flex-col gap-5">
          <p>{t('accounts.factor.scan')}</p>
          <QrCode text={uri} label={t('accounts.factor.qr')} />
          <TextField id="key" name="secret" label={t('accounts.factor.key')} isReadOnly value={secret} figures />
          <input type="hidden" name="uri" value={uri} />
          <input type="hidden" name="intent" value="factor-confirm" />
          <CodeField label={t('accounts.factor.code')} error={of('code')} />
          <Button type="submit" className="self-start">
            {t('accounts.factor.confirm')}
          </Button>
        </Form>
      )}
    </FormTrouble>
  )
}
