import { useTranslation } from 'react-i18next'
import { formatDay } from '#app/language/dates.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'

export function EnrollmentDates({ enrollment: { enrolledOn, endedOn, episode } }: { enrollment: EnrollmentFields }) {
  const { t, i18n } = useTranslation()
  const from = formatDay(enrolledOn, i18n.language)
  return (
    <span className="text-ink-soft">
      {endedOn === null ? t('enrollments.since', { day: from }) : t('enrollments.between', { from, to: formatDay(endedOn, i18n.language) })}
      {episode > 1 && ` · ${t('enrollments.episode', { count: episode })}`}
    </span>
  )
}
