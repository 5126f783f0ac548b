import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import { ENROLLMENT_STATUSES, type EnrollmentFields, type EnrollmentStatus } from '#domain/enrollments/enrollment.ts'
import { isPlainDate } from '#domain/scalars.ts'

export type EndStatus = Exclude<EnrollmentStatus, 'active'>
export const END_STATUSES = ENROLLMENT_STATUSES.filter((status): status is EndStatus => status !== 'active')

export interface TypedEnd {
  status: string
  endedOn: string
  reason: string
}

export type EndValues = Pick<EnrollmentFields, 'status' | 'endedOn' | 'reason'>

export function typedEnd({ status, endedOn, reason }: EnrollmentFields, today: string): TypedEnd {
  return { status: status === 'active' ? '' : status, endedOn: endedOn ?? today, reason: reason ?? '' }
}

/** @param today no end may lie after it ('YYYY-MM-DD') */
export function readEnd(typed: TypedEnd, enrolledOn: string, today: string): { values: EndValues } | { mistakes: Mistakes } {
  const status = END_STATUSES.find((name) => name === typed.status)
  const reason = typed.reason.trim() === '' ? null : typed.reason.trim()
  if (status === 'entered-in-error') return reasonChecked({ status, endedOn: null, reason })
  const word = dayMistake(typed.endedOn, today, enrolledOn, 'date-before-start')
  const mistakes = { ...(status === undefined && { outcome: 'outcome-needed' as const }), ...(word !== null && { endedOn: word }) }
  if (status === undefined || word !== null) return { mistakes }
  return reasonChecked({ status, endedOn: typed.endedOn, reason })
}

function reasonChecked(values: EndValues): { values: EndValues } | { mistakes: Mistakes } {
  return (values.reason ?? '').length > 1_000 ? { mistakes: { reason: 'text-long' } } : { values }
}

export function readStart(enrolledOn: string, today: string, bornOn: string | null): MistakeWord | null {
  return dayMistake(enrolledOn, today, bornOn, 'date-before-birth')
}

function dayMistake(day: string, today: string, earliest: string | null, early: MistakeWord): MistakeWord | null {
  if (!isPlainDate(day)) return 'date-needed'
  if (day > today) return 'date-future'
  return earliest !== null && day < earliest ? early : null
}
