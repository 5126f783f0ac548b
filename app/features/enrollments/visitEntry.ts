import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import { addDays } from '#domain/calendar.ts'
import { type EnrollmentFields, VISIT_OUTCOMES, type VisitOutcome } from '#domain/enrollments/enrollment.ts'
import { isPlainDate } from '#domain/scalars.ts'

export interface TypedVisit {
  /** '' while nothing is said of the visit that was expected. */
  visitOutcome: string
  visitOn: string
  nextVisitOn: string
}

export type VisitValues = Pick<EnrollmentFields, 'nextVisitOn'> & Partial<Pick<EnrollmentFields, 'visitOutcome' | 'visitOn'>>

/** A year that was mistyped would take somebody from every list for good. */
const FARTHEST_DAYS = 730

export function typedVisit({ nextVisitOn }: Pick<EnrollmentFields, 'nextVisitOn'>, today: string): TypedVisit {
  return { visitOutcome: '', visitOn: today, nextVisitOn: nextVisitOn ?? '' }
}

/**
 * What a chosen outcome does to the day that is proposed next: who came is not expected that day any more, who did not is.
 * @param expected the day as the record has it
 */
export function withOutcome(typed: TypedVisit, visitOutcome: VisitOutcome, expected: string | null): TypedVisit {
  const isOver = visitOutcome === 'came' || visitOutcome === 'moved'
  if (isOver && typed.nextVisitOn === (expected ?? '')) return { ...typed, visitOutcome, nextVisitOn: '' }
  if (!isOver && typed.nextVisitOn === '') return { ...typed, visitOutcome, nextVisitOn: expected ?? '' }
  return { ...typed, visitOutcome }
}

/** @param today no outcome lies after it, and no new day before it ('YYYY-MM-DD') */
export function readVisit(
  typed: TypedVisit,
  { enrolledOn, nextVisitOn: expected }: Pick<EnrollmentFields, 'enrolledOn' | 'nextVisitOn'>,
  today: string,
): { values: VisitValues } | { mistakes: Mistakes } {
  const visitOutcome = VISIT_OUTCOMES.find((name) => name === typed.visitOutcome)
  const nextVisitOn = typed.nextVisitOn === '' ? null : typed.nextVisitOn
  const isNextNeeded = visitOutcome === 'moved' || (visitOutcome === undefined && expected === null)
  const next = nextVisitOn === null ? (isNextNeeded ? 'date-needed' : null) : nextMistake(nextVisitOn, expected, today)
  const then = visitOutcome === undefined ? null : visitMistake(typed.visitOn, enrolledOn, today)
  const mistakes = { ...(then !== null && { visitOn: then }), ...(next !== null && { nextVisitOn: next }) }
  if (then !== null || next !== null) return { mistakes }
  return { values: visitOutcome === undefined ? { nextVisitOn } : { visitOutcome, visitOn: typed.visitOn, nextVisitOn } }
}

function visitMistake(day: string, enrolledOn: string, today: string): MistakeWord | null {
  if (!isPlainDate(day)) return 'date-needed'
  if (day > today) return 'date-future'
  return day < enrolledOn ? 'date-before-start' : null
}

function nextMistake(day: string, expected: string | null, today: string): MistakeWord | null {
  if (!isPlainDate(day)) return 'date-needed'
  if (day > addDays(today, FARTHEST_DAYS)) return 'date-far'
  return day < today && day !== expected ? 'date-past' : null
}
