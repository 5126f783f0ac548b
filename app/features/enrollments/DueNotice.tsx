import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { useDueVisits } from './useDueVisits.ts'

/** On the first page: who is expected today, and who was and did not come. */
export function DueNotice() {
  const { t } = useTranslation()
  const { late, today } = useDueVisits()
  if (late.length + today.length === 0) return null
  const link = (
    <LinkButton to="/visits" kind="quiet">
      {t('visits.show')}
    </LinkButton>
  )
  const words = [
    today.length > 0 && t('visits.countToday', { count: today.length }),
    late.length > 0 && t('visits.countLate', { count: late.length }),
  ]
  return <Banner title={words.filter(Boolean).join(' · ')} action={link} />
}
