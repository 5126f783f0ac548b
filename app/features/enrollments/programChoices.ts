import type { RecordOf } from '#domain/collections.ts'
import { type EnrollmentFields, enrollmentId } from '#domain/enrollments/enrollment.ts'

type Program = RecordOf<'programs'>
type Enrollment = RecordOf<'enrollments'>

/** A program as one client can be enrolled in it now. */
export type ProgramChoice =
  | { kind: 'enrolled'; program: Program; since: string }
  | { kind: 'free'; program: Program; episode: number; again: boolean }

/** Active programs by name. @param enrollments those of one client */
export function programChoices(programs: readonly Program[], enrollments: readonly Enrollment[]): ProgramChoice[] {
  const open = programs.filter(({ active }) => active).sort((a, b) => a.name.localeCompare(b.name))
  return open.map((program) =>
    choiceOf(
      program,
      enrollments.filter(({ programId }) => programId === program.id),
    ),
  )
}

function choiceOf(program: Program, before: readonly Enrollment[]): ProgramChoice {
  const active = before.find(({ status }) => status === 'active')
  if (active !== undefined) return { kind: 'enrolled', program, since: active.enrolledOn }
  const again = before.some(({ status }) => status !== 'entered-in-error')
  return { kind: 'free', program, episode: nextEpisode(before), again }
}

/** Episodes entered in error keep their number: an id is never used twice. */
function nextEpisode(before: readonly Enrollment[]): number {
  return Math.max(0, ...before.map(({ episode }) => episode)) + 1
}

/** Whether somebody who was in the program can start it anew. */
export function mayEnrolAgain(enrollment: Enrollment, choices: readonly ProgramChoice[]): boolean {
  const choice = choices.find(({ program }) => program.id === enrollment.programId)
  return choice?.kind === 'free' && choice.episode === enrollment.episode + 1
}

export interface NewEnrollment {
  recordId: string
  /** The facility follows the client, so no change may name it. */
  values: Pick<EnrollmentFields, 'clientId' | 'programId' | 'episode' | 'status' | 'enrolledOn'>
}

export function newEnrollment(
  clientId: string,
  { program, episode }: { program: Program; episode: number },
  enrolledOn: string,
): NewEnrollment {
  const recordId = enrollmentId(clientId, program.id, episode)
  return { recordId, values: { clientId, programId: program.id, episode, status: 'active', enrolledOn } }
}
