import { ageInYears } from '#domain/calendar.ts'
import { fullName } from '#domain/clients/client.ts'
import type { ClientProfile } from '#domain/partners/api.ts'
import type { ClientRow, EnrollmentRow } from './clientRows.ts'

/** What an application that may see `programs` is told of a client; null when that is nothing. */
export function profileOf(
  client: ClientRow,
  enrollments: readonly EnrollmentRow[],
  programs: readonly string[] | 'all',
  today: string,
): ClientProfile | null {
  const seen = enrollments.filter(({ programId }) => programs === 'all' || programs.includes(programId))
  const shown = latestEpisodes(seen)
  if (client.deleted || !client.shareWithPartners || (shown.length === 0 && programs !== 'all')) return null
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

/** One row for each program: its latest episode that was not entered in error, by enrollment date, then program. */
function latestEpisodes(enrollments: readonly EnrollmentRow[]): EnrollmentRow[] {
  const latest = new Map<string, EnrollmentRow>()
  for (const enrollment of enrollments) {
    if (enrollment.deleted || enrollment.status === 'entered-in-error') continue
    const known = latest.get(enrollment.programId)
    if (known === undefined || known.episode < enrollment.episode) latest.set(enrollment.programId, enrollment)
  }
  return [...latest.values()].sort((a, b) => compare(a.enrolledOn, b.enrolledOn) || compare(a.programId, b.programId))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** `2023-10-10T08:30:00Z` */
function wholeSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
