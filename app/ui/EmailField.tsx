import { useTranslation } from 'react-i18next'
import { TextField, type TextFieldProps } from './TextField.tsx'

/** An address for mail, called so wherever it is asked for. */
export function EmailField(props: Pick<TextFieldProps, 'hint' | 'defaultValue' | 'error'> & { autoComplete: 'username' | 'off' }) {
  const { t } = useTranslation()
  return <TextField id="email" name="email" type="email" inputMode="email" label={t('fields.email')} {...props} />
}
