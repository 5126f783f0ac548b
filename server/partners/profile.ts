import { ageInYears } from '#domain/calendar.ts'
import { fullName } from '#domain/clients/client.ts'
import type { ClientProfile } from '#domain/partners/api.ts'
import type { ClientRow, EnrollmentRow } from './clientRows.ts'
import type { Permission } from './permission.ts'

/** Of whom and of what an application may be told. */
export type Sight = Pick<Permission, 'programs' | 'facilities'>

/** What an application that sees this much is told of a client; null when that is nothing. */
export function profileOf(client: ClientRow, enrollments: readonly EnrollmentRow[], sight: Sight, today: string): ClientProfile | null {
  const seen = enrollmentsSeen(enrollments, sight)
  const shown = latestEpisodes(seen)
  if (!isSeen(client, seen, sight)) return null
  return {
    id: client.id,
    name: fullName(client),
    email: client.email,
    age: client.bornOn === null ? null : ageInYears(client.bornOn, today),
    address: client.address,
    programs: shown.map(({ programId, programName, enrolledOn }) => ({
      program_id: programId,
      program_name: programName,
      enrollment_date: enrolledOn,
    })),
    metadata: {
      created_at: wholeSeconds(client.createdAt),
      // Only of what the application may see: a visit in a hidden program must not show as a change.
      last_updated: wholeSeconds(Math.max(client.updatedAt, ...seen.map(({ updatedAt }) => updatedAt))),
    },
  }
}

/** Of the programs that it may see, those that are no mistakes among them and those that are. */
export function enrollmentsSeen<Row extends Pick<EnrollmentRow, 'programId'>>(rows: readonly Row[], { programs }: Sight): Row[] {
  return rows.filter(({ programId }) => programs === 'all' || programs.includes(programId))
}

/** @param seen what `enrollmentsSeen` leaves of the client's enrollments */
export function isSeen(
  client: Pick<ClientRow, 'deleted' | 'shareWithPartners' | 'facilityId'>,
  seen: readonly Pick<EnrollmentRow, 'deleted' | 'status'>[],
  { programs, facilities }: Sight,
): boolean {
  if (client.deleted || !client.shareWithPartners) return false
  if (facilities !== 'all' && !facilities.includes(client.facilityId)) return false
  return programs === 'all' || seen.some(isReal)
}

export function isReal({ deleted, status }: Pick<EnrollmentRow, 'deleted' | 'status'>): boolean {
  return !deleted && status !== 'entered-in-error'
}

/** One row for each program: its latest episode that was not entered in error, by enrollment date, then program. */
function latestEpisodes(enrollments: readonly EnrollmentRow[]): EnrollmentRow[] {
  const latest = new Map<string, EnrollmentRow>()
  for (const enrollment of enrollments.filter(isReal)) {
    const known = latest.get(enrollment.programId)
    if (known === undefined || known.episode < enrollment.episode) latest.set(enrollment.programId, enrollment)
  }
  return [...latest.values()].sort((a, b) => compare(a.enrolledOn, b.enrolledOn) || compare(a.programId, b.programId))
}

export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** `2023-10-10T08:30:00Z` */
export function wholeSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
