import type { LocalRecord } from '#app/data/tablet.ts'
import type { EnrollmentStatus } from '#domain/enrollments/enrollment.ts'

type Counts = Partial<Record<EnrollmentStatus, number>>

/** Enrollments on this device by program and status. */
export function countEnrollments(enrollments: readonly LocalRecord<'enrollments'>[]): ReadonlyMap<string, Counts> {
  const counts = new Map<string, Counts>()
  for (const { record } of enrollments) {
    const own = counts.get(record.programId) ?? {}
    own[record.status] = (own[record.status] ?? 0) + 1
    counts.set(record.programId, own)
  }
  return counts
}
