import { useTranslation } from 'react-i18next'
import { TextField } from '#app/ui/TextField.tsx'

export interface PinFieldProps {
  value: string
  onChange: (pin: string) => void
  hint?: string
  error?: string | undefined
  autoFocus?: boolean
}

export function PinField(props: PinFieldProps) {
  const { t } = useTranslation()
  return (
    <TextField {...props} id="pin" label={t('lock.pin')} type="password" inputMode="numeric" autoComplete="off" maxLength={6} figures />
  )
}
