import type { Entry, Part } from '#app/live/followRecord.ts'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { type TypedEnd, typedEnd } from './enrollmentEntry.ts'

const FIELDS = ['status', 'endedOn', 'reason'] as const

/** Three things on the screen. That they are one fact is the merge's affair: a save names all of it. */
const endParts: readonly Part<TypedEnd>[] = FIELDS.map((name) => ({ name, typed: [name], fields: [name] }))

export const endPartsByName: ReadonlyMap<string, Part<TypedEnd>> = new Map(endParts.map((part) => [part.name, part]))

/** @param today 'YYYY-MM-DD', what an end is proposed to be */
export function endEntryOf(today: string): Entry<TypedEnd> {
  return { parts: endParts, typedFrom: (record) => typedEnd(record as unknown as EnrollmentFields, today) }
}
