import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { shortId } from './deviceForm.ts'

export interface RevokeFormProps {
  device: { id: string; accountName: string | null }
  mistyped: boolean
}

/** Behind a `details`, which opens without a script; typing the id keeps a slip of the finger from wiping a tablet. */
export function RevokeForm({ device, mistyped }: RevokeFormProps) {
  const { t } = useTranslation()
  const name = device.accountName ?? t('devices.nobody')
  const id = shortId(device.id)
  return (
    <details open={mistyped}>
      <summary
        className="min-h-12 cursor-pointer py-3 font-semibold whitespace-nowrap text-primary"
        aria-label={t('devices.revoke.openOf', { device: id, name })}
      >
        {t('devices.revoke.open')}
      </summary>
      <Form method="post" className="flex min-w-72 flex-col gap-4 whitespace-normal">
        <p>{t('devices.revoke.hint', { name })}</p>
        <input type="hidden" name="intent" value="revoke" />
        <input type="hidden" name="id" value={device.id} />
        <TextField
          id={`typed-${device.id}`}
          name="typed"
          autoComplete="off"
          label={t('devices.revoke.type', { device: id })}
          error={mistyped ? t('devices.revoke.mistyped') : undefined}
          figures
        />
        <Button type="submit" kind="danger" className="self-start">
          {t('devices.revoke.submit')}
        </Button>
      </Form>
    </details>
  )
}
