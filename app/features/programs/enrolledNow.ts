import type { LocalRecord } from '#app/data/tablet.ts'
import type { RecordOf } from '#domain/collections.ts'

/** The clients who are in a program now, latest enrolled first. One whose record has not arrived is left out. */
export function enrolledNow(
  enrollments: readonly LocalRecord<'enrollments'>[],
  programId: string,
  client: (id: string) => RecordOf<'clients'> | undefined,
): RecordOf<'clients'>[] {
  return enrollments
    .flatMap(({ record }) => (record.programId === programId && record.status === 'active' ? [record] : []))
    .sort((a, b) => (a.enrolledOn < b.enrolledOn ? 1 : -1))
    .flatMap(({ clientId }) => client(clientId) ?? [])
}
