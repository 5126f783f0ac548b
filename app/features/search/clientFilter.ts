import { z } from 'zod'
import { AGE_BANDS, type AgeBand, isOfAge } from '#domain/clients/ageBand.ts'
import { type ClientFields, SEXES } from '#domain/clients/client.ts'
import { ENROLLMENT_STATUSES, type EnrollmentFields } from '#domain/enrollments/enrollment.ts'

/** The address of the search: what does not fit counts as not asked for, as with any typed address. */
const schema = z.object({
  program: z.string().trim().min(1).max(20).optional().catch(undefined),
  status: z.enum(ENROLLMENT_STATUSES).optional().catch(undefined),
  sex: z.enum(SEXES).optional().catch(undefined),
  age: z
    .enum(AGE_BANDS as [AgeBand, ...AgeBand[]])
    .optional()
    .catch(undefined),
  facility: z.string().trim().min(1).max(40).optional().catch(undefined),
})

/** What the clients who are looked for have in common; what is not named is not asked about. */
export type ClientFilter = { [Name in keyof z.infer<typeof schema>]?: z.infer<typeof schema>[Name] | undefined }
export const FILTER_NAMES = ['program', 'status', 'age', 'sex', 'facility'] as const satisfies readonly (keyof ClientFilter)[]

/** What is known of a client besides the name. */
export type Described = Pick<ClientFields, 'sex' | 'bornOn' | 'facilityId'> & { id: string }
/** One episode of a client in a program. */
export type Enrolled = Pick<EnrollmentFields, 'clientId' | 'programId' | 'status'>

export function readClientFilter(search: URLSearchParams): ClientFilter {
  return schema.parse(Object.fromEntries(search))
}

export function isNarrowing(filter: ClientFilter): boolean {
  return FILTER_NAMES.some((name) => filter[name] !== undefined)
}

/** Whether it has to be known who is enrolled in what. */
export function asksForPrograms({ program, status }: ClientFilter): boolean {
  return program !== undefined || status !== undefined
}

/**
 * Program and status are asked of one episode together: "completed TB" is nobody who completed something else. An episode
 * that was entered in error counts only when that is asked for.
 * @param today 'YYYY-MM-DD'
 * @returns whether somebody is looked for
 */
export function narrowedBy(
  filter: ClientFilter,
  today: string,
  episodesOf: (clientId: string) => readonly Enrolled[],
): (client: Described) => boolean {
  const { program, status, sex, age, facility } = filter
  const isOfThatAge = age === undefined ? undefined : isOfAge(age, today)
  const fits = (episode: Enrolled) =>
    (program === undefined || episode.programId === program) &&
    (status === undefined ? episode.status !== 'entered-in-error' : episode.status === status)
  return (client) =>
    (sex === undefined || client.sex === sex) &&
    (facility === undefined || client.facilityId === facility) &&
    (isOfThatAge === undefined || isOfThatAge(client.bornOn)) &&
    (!asksForPrograms(filter) || episodesOf(client.id).some(fits))
}
