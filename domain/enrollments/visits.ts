import { addDays } from '../calendar.ts'
import type { EnrollmentFields } from './enrollment.ts'

/** How an expected visit lies to a day: `soon` is within a week. */
export type Due = 'late' | 'today' | 'soon' | 'later'

const SOON_DAYS = 7

/** Of an enrollment that goes on and has a next visit; null for the others. @param today 'YYYY-MM-DD' */
export function dueOf({ status, nextVisitOn }: Pick<EnrollmentFields, 'status' | 'nextVisitOn'>, today: string): Due | null {
  if (status !== 'active' || nextVisitOn === null) return null
  if (nextVisitOn < today) return 'late'
  if (nextVisitOn === today) return 'today'
  return nextVisitOn <= addDays(today, SOON_DAYS) ? 'soon' : 'later'
}

/** Those of a list that are due in each way, the earliest first. */
export function dueVisits<E extends Pick<EnrollmentFields, 'status' | 'nextVisitOn'> & { id: string }>(
  enrollments: Iterable<E>,
  today: string,
): Record<Due, E[]> {
  const due: Record<Due, E[]> = { late: [], today: [], soon: [], later: [] }
  for (const enrollment of enrollments) {
    const kind = dueOf(enrollment, today)
    if (kind !== null) due[kind].push(enrollment)
  }
  for (const some of Object.values(due)) some.sort(earliestFirst)
  return due
}

type Expected = Pick<EnrollmentFields, 'nextVisitOn'> & { id: string }

function earliestFirst(a: Expected, b: Expected): number {
  const [left, right] = [`${a.nextVisitOn} ${a.id}`, `${b.nextVisitOn} ${b.id}`]
  return left < right ? -1 : 1
}
