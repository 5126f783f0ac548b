import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'

export function PhoneLink({ phone }: { phone: string }) {
  const { t } = useTranslation()
  return (
    <a
      href={`tel:${phone.replace(/[^\d+*#]/g, '')}`}
      aria-label={t('clients.call', { phone })}
      className="inline-flex min-h-12 items-center gap-2 font-semibold text-primary"
    >
      <Phone aria-hidden="true" className="size-5" />
      <bdi>{phone}</bdi>
    </a>
  )
}
