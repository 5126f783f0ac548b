import { useTranslation } from 'react-i18next'
import { formatDay, formatDayAway } from '#app/language/dates.ts'
import { useToday } from '#app/session/useToday.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { type Due, dueOf } from '#domain/enrollments/visits.ts'

const TONES: Record<Due, Tone> = { late: 'danger', today: 'warn', soon: 'calm', later: 'calm' }

/** When somebody is expected, and what became of the visit before. */
export function VisitWords({ enrollment }: { enrollment: EnrollmentFields }) {
  const { t, i18n } = useTranslation()
  const today = useToday()
  const { nextVisitOn, visitOutcome, visitOn } = enrollment
  const due = dueOf(enrollment, today)
  return (
    <>
      {due !== null && nextVisitOn !== null && (
        <StatusMark tone={TONES[due]}>
          {t(due === 'late' ? 'visits.expected' : 'visits.next', {
            day: formatDay(nextVisitOn, i18n.language),
            away: formatDayAway(nextVisitOn, today, i18n.language),
          })}
        </StatusMark>
      )}
      {visitOutcome !== null && visitOn !== null && (
        <span className="text-sm text-ink-soft">
          {t('visits.last', { outcome: t(`visits.outcomes.${visitOutcome}`), day: formatDay(visitOn, i18n.language) })}
        </span>
      )}
    </>
  )
}
