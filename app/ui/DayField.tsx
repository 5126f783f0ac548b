import { useTranslation } from 'react-i18next'
import { formatDay } from '#app/language/dates.ts'
import { TextField, type TextFieldProps } from './TextField.tsx'

/**
 * A day, mostly today. The browser writes it in its own order, which may be month first, so the day stands in words too.
 * A birth date is typed in three boxes instead.
 */
export function DayField({ value = '', ...props }: Omit<TextFieldProps, 'type' | 'hint' | 'figures'>) {
  const { i18n } = useTranslation()
  const isWhole = /^\d{4}-\d{2}-\d{2}$/.test(value)
  return <TextField {...props} type="date" value={value} hint={isWhole ? formatDay(value, i18n.language) : ''} className="max-w-56" />
}
