import { expect, it } from 'vitest'
import type { RecordOf } from '#domain/collections.ts'
import { mayEnrolAgain, newEnrollment, programChoices } from './programChoices.ts'

const program = (id: string, name: string, active = true) => ({ id, name, active }) as RecordOf<'programs'>
const enrollment = (programId: string, episode: number, status: string) =>
  ({ programId, episode, status, enrolledOn: '2024-01-05' }) as RecordOf<'enrollments'>

const hiv = program('HIV-001', 'HIV Care')
const tb = program('TB-001', 'Tuberculosis')
const old = program('OLD-001', 'Closed', false)

it('offers active programs by name, and no inactive one', () => {
  const choices = programChoices([tb, old, hiv], [])
  expect(choices.map((choice) => choice.program.id)).toEqual(['HIV-001', 'TB-001'])
})

it('says since when somebody is enrolled already', () => {
  expect(programChoices([hiv], [enrollment('HIV-001', 1, 'active')])).toEqual([{ kind: 'enrolled', program: hiv, since: '2024-01-05' }])
})

it('starts the next episode after one that ended', () => {
  const before = [enrollment('HIV-001', 1, 'completed'), enrollment('HIV-001', 2, 'lost')]
  expect(programChoices([hiv], before)).toEqual([{ kind: 'free', program: hiv, episode: 3, again: true }])
})

it('gives an episode entered in error no second use of its number, and does not call it a first time', () => {
  expect(programChoices([hiv], [enrollment('HIV-001', 1, 'entered-in-error')])).toEqual([
    { kind: 'free', program: hiv, episode: 2, again: false },
  ])
})

it('offers a new start at the last episode only', () => {
  const before = [enrollment('HIV-001', 1, 'completed'), enrollment('HIV-001', 2, 'lost')]
  const choices = programChoices([hiv], before)
  expect(before.map((one) => mayEnrolAgain(one, choices))).toEqual([false, true])
  expect(mayEnrolAgain(enrollment('OLD-001', 1, 'completed'), programChoices([old], []))).toBe(false)
})

it('names the enrollment by client, program and episode', () => {
  expect(newEnrollment('C', { program: hiv, episode: 2 }, '2026-03-15')).toEqual({
    recordId: 'C.HIV-001.2',
    values: { clientId: 'C', programId: 'HIV-001', episode: 2, status: 'active', enrolledOn: '2026-03-15' },
  })
})
