import { ENROLLMENT_STATUSES, type EnrollmentStatus } from '#domain/enrollments/enrollment.ts'
import { programCode } from '#domain/programs/program.ts'
import { readDay } from './fhirCondition.ts'
import { ENROLLMENT_ID, ENROLLMENT_STATUS, PROGRAM } from './fhirExport.ts'
import { codesOf, type EpisodeOfCare } from './fhirShapes.ts'
import type { ImportedEpisode } from './person.ts'

/** Where another system names no status of ours. */
const STATUSES: Record<string, EnrollmentStatus> = {
  active: 'active',
  waitlist: 'active',
  onhold: 'active',
  finished: 'completed',
  cancelled: 'withdrawn',
  'entered-in-error': 'entered-in-error',
}

export type ReadEpisode = { episode: ImportedEpisode } | { warning: string } | null

/** What an EpisodeOfCare says of an enrollment; null for one that is only planned. @param today 'YYYY-MM-DD' in `timeZone` */
export function readEpisode(resource: EpisodeOfCare, today: string, timeZone: string): ReadEpisode {
  const codings = resource.type.flatMap((concept) => concept?.coding ?? [])
  const coding = codings.find(({ system }) => system?.endsWith(PROGRAM)) ?? codings.find(({ code }) => programCode.safeParse(code).success)
  const id = programCode.safeParse(coding?.code).data ?? programCode.safeParse(codesOf(resource.type[0])[0]).data
  if (id === undefined) return { warning: 'an episode of care names no program code: it was not enrolled' }
  const status = statusOf(resource)
  if (status === null) return null
  const enrolledOn = readDay(resource.period?.start, today, timeZone)
  if (enrolledOn === null) return { warning: `an episode of care (${id}) has no date: it was not enrolled` }
  const endedOn = endOf(status, enrolledOn, readDay(resource.period?.end, today, timeZone))
  return { episode: { program: { id, name: coding?.display ?? id }, status, enrolledOn, endedOn, episode: numberOf(resource, id) } }
}

/** Over, and nobody says since when, or since before it began: the day it began is the only one known. */
function endOf(status: EnrollmentStatus, enrolledOn: string, ended: string | null): string | null {
  if (status === 'active' || (status === 'entered-in-error' && ended === null)) return null
  return ended !== null && ended >= enrolledOn ? ended : enrolledOn
}

function statusOf({ status, extension }: EpisodeOfCare): EnrollmentStatus | null {
  const own = extension.find(({ url }) => url?.endsWith(ENROLLMENT_STATUS))?.valueCode
  return ENROLLMENT_STATUSES.find((one) => one === own) ?? STATUSES[status ?? ''] ?? null
}

/** The last part of our enrollment's id: `7K2M9QXA41RTC.HIV-001.2`. */
function numberOf({ identifier }: EpisodeOfCare, programId: string): number | null {
  const id = identifier.find(({ system }) => system?.endsWith(ENROLLMENT_ID))?.value ?? ''
  const [, program, episode] = /^[^.]+\.(.+)\.(\d{1,4})$/.exec(id) ?? []
  return program === programId && Number(episode) > 0 ? Number(episode) : null
}
