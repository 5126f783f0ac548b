import type { Entry, Part } from '#app/live/followRecord.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { type TypedVisit, typedVisit } from './visitEntry.ts'

/** An outcome is a new fact and has nothing to follow; the next day may be agreed by somebody else meanwhile. */
const nextVisit: Part<TypedVisit> = { name: 'nextVisitOn', typed: ['nextVisitOn'], fields: ['nextVisitOn'] }

export const visitPartsByName: ReadonlyMap<string, Part<TypedVisit>> = new Map([[nextVisit.name, nextVisit]])

/** @param today 'YYYY-MM-DD', when a visit is proposed to have been */
export function visitEntryOf(today: string): Entry<TypedVisit> {
  return { parts: [nextVisit], typedFrom: (record) => typedVisit(record as unknown as EnrollmentFields, today) }
}
