import { useTranslation } from 'react-i18next'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import type { ClientMark } from './clientMarks.ts'

/** In lists "sent" goes without saying; on the client's page it is said. */
export function ClientMarkWords({ mark }: { mark: ClientMark | 'sent' }) {
  const { t } = useTranslation()
  const tone = { sent: 'good', unsent: 'calm', attention: 'warn' } as const
  return <StatusMark tone={tone[mark]}>{t(`fields.record.${mark}`)}</StatusMark>
}
