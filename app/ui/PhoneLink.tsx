import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** @param dial the number with its country's code, where that is known: it is called from anywhere */
export function PhoneLink({ phone, dial = phone }: { phone: string; dial?: string | undefined }) {
  const { t } = useTranslation()
  return (
    <a
      href={`tel:${dial.replace(/[^\d+*#]/g, '')}`}
      aria-label={t('clients.call', { phone })}
      className="inline-flex min-h-12 items-center gap-2 font-semibold text-primary"
    >
      <Phone aria-hidden="true" className="size-5" />
      <bdi>{phone}</bdi>
    </a>
  )
}
