import { z } from 'zod'
import { line, paragraph, plainDate } from '../scalars.ts'

export const ENROLLMENT_STATUSES = ['active', 'completed', 'transferred', 'withdrawn', 'lost', 'died', 'entered-in-error'] as const
/** What became of a visit that was expected. */
export const VISIT_OUTCOMES = ['came', 'did-not-come', 'called', 'moved'] as const
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number]

export type EnrollmentStatus = (typeof ENROLLMENT_STATUSES)[number]

/** One episode of one client in one program. FHIR R4 EpisodeOfCare. */
export const enrollmentFields = z.strictObject({
  clientId: line(40),
  programId: line(20),
  /** 1 for the first time in this program, 2 when re-enrolled, ... */
  episode: z.number().int().min(1).max(999),
  status: z.enum(ENROLLMENT_STATUSES),
  enrolledOn: plainDate,
  endedOn: plainDate.nullable(),
  reason: paragraph(1_000).nullable(),
  /** The day this person is expected next; null when none is agreed. FHIR R4 Appointment.start. */
  nextVisitOn: plainDate.nullable(),
  /** What became of the visit that was expected last, and the day that was known; the ones before are in the history. */
  visitOutcome: z.enum(VISIT_OUTCOMES).nullable(),
  visitOn: plainDate.nullable(),
  /** The client's home facility, kept here by the server so that scope is one column in SQL. */
  facilityId: line(40),
  /** As the client's. */
  sharedWith: line(200).nullable(),
})

export type EnrollmentFields = z.infer<typeof enrollmentFields>

export const enrollmentRules = enrollmentFields
  .refine((enrollment) => enrollment.status === 'active' || enrollment.status === 'entered-in-error' || enrollment.endedOn !== null, {
    path: ['endedOn'],
    message: 'end-missing',
  })
  .refine((enrollment) => enrollment.status !== 'active' || enrollment.endedOn === null, {
    path: ['endedOn'],
    message: 'end-of-active',
  })
  .refine((enrollment) => enrollment.endedOn === null || enrollment.endedOn >= enrollment.enrolledOn, {
    path: ['endedOn'],
    message: 'end-before-start',
  })
  .refine(({ visitOutcome, visitOn }) => (visitOutcome === null) === (visitOn === null), {
    path: ['visitOn'],
    message: 'visit-incomplete',
  })

/** Fixed at birth, so that two tablets enrolling the same person offline meet in one enrollment. */
export function enrollmentId(clientId: string, programId: string, episode: number): string {
  return `${clientId}.${programId}.${episode}`
}
