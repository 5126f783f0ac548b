import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { ErasureReason } from '#domain/clients/erasure.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { useReasons } from './useReasons.ts'

export interface ConfirmErasureProps {
  clientId: string
  /** Of the request; null when there is none, and one is to be chosen. */
  reason: ErasureReason | null
  mistyped: boolean
}

/** Behind a `details`, which opens without a script; typing the number keeps a slip of the finger from erasing somebody. */
export function ConfirmErasure({ clientId, reason, mistyped }: ConfirmErasureProps) {
  const { t } = useTranslation()
  const reasons = useReasons()
  const number = spokenClientNumber(clientId)
  return (
    <details open={mistyped}>
      <summary
        className="min-h-12 cursor-pointer py-3 font-semibold whitespace-nowrap text-danger"
        aria-label={t('erasure.eraseOf', { number })}
      >
        {t('erasure.erase')}
      </summary>
      <Form method="post" action="/erasure" className="flex flex-col gap-4">
        <p>{t('erasure.eraseHint')}</p>
        <input type="hidden" name="intent" value="erase" />
        <input type="hidden" name="clientId" value={clientId} />
        {reason !== null && <input type="hidden" name="reason" value={reason} />}
        {reason === null && <Select id={`reason-${clientId}`} name="reason" label={t('erasure.reason')} choices={reasons} />}
        <TextField
          id={`typed-${clientId}`}
          name="typed"
          autoComplete="off"
          label={t('erasure.type', { number })}
          error={mistyped ? t('erasure.mistyped') : undefined}
          figures
        />
        <Button type="submit" kind="danger" className="self-start">
          {t('erasure.confirm')}
        </Button>
      </Form>
    </details>
  )
}
