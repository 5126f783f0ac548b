import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clinic, enrollment, NOON, openClinic, outcomes, person } from './clinic.ts'
import type { Sender } from './sender.ts'

let clinic: Clinic
let amina: Sender
let juma: Sender

beforeEach(async () => {
  clinic = await openClinic()
  amina = await clinic.doctor('amina', [clinic.main])
  juma = await clinic.doctor('juma', [clinic.main])
})
afterEach(() => clinic.close())

const moveOf = (id: string, seq: number) => amina.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq)
const placeOf = async (issue: string) => (await clinic.record('Issue', issue))?.facilityId
const badEnrollment = (id: string) => ({ ...enrollment(id), reason: ' ' })

test('S2: a question about an enrollment that was never taken follows its client', async () => {
  const { id, seq } = await clinic.registered(amina)
  const bad = juma.create('enrollments', `${id}.HIV-001.1`, badEnrollment(id))
  expect(outcomes(await juma.push(bad))).toEqual(['rejected'])
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.main)
  await amina.push(moveOf(id, seq))
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.north)
  expect(await clinic.server.database.read.all('SELECT "recordId", "facilityId" FROM "Departed" WHERE collection = ?', 'issues')).toEqual([
    { recordId: `rejected.${bad.changeId}`, facilityId: clinic.main },
  ])
})

test('S2: so does one about an enrollment that waits for its program', async () => {
  const { id, seq } = await clinic.registered(amina)
  const waiting = juma.create('enrollments', `${id}.MAL-001.1`, enrollment(id, '2026-05-01', 'MAL-001'))
  await juma.push(waiting)
  clinic.clock.now = NOON + 7 * 24 * 3_600_000
  await clinic.server.records.lookAfterParked()
  await amina.push(moveOf(id, seq))
  expect(await placeOf(`parked.${waiting.changeId}`)).toBe(clinic.north)
})

test('S2: and one that was asked in the same transaction as the move, whatever it is about', async () => {
  const { id, seq } = await clinic.registered(amina)
  const [made] = await juma.push(juma.create('enrollments', `${id}.TB-001.1`, enrollment(id, '2026-05-01', 'TB-001')))
  const bad = amina.create('enrollments', `${id}.HIV-001.1`, badEnrollment(id))
  const late = amina.create('enrollments', `${id}.TB-001.1`, enrollment(id, '2026-05-02', 'TB-001'))
  expect(outcomes(await amina.push(bad, late, moveOf(id, seq)))).toEqual(['rejected', 'conflict', 'applied'])
  expect(made?.outcome).toBe('applied')
  for (const issue of [`rejected.${bad.changeId}`, `conflict.${late.changeId}`]) expect(await placeOf(issue)).toBe(clinic.north)
})

test('S2: a question about somebody else, who was given the same number, stays where that person is', async () => {
  const { id, seq } = await clinic.registered(amina)
  const other = juma.create('clients', id, { ...person(clinic.main), givenName: 'Zuhura' })
  await juma.push(other)
  await amina.push(moveOf(id, seq))
  expect(await placeOf(`rejected.${other.changeId}`)).toBe(clinic.main)
})

test('S2: clients whose numbers begin alike have nothing to do with each other', async () => {
  const { id, seq } = await clinic.registered(amina)
  const other = await clinic.registered(amina)
  const bad = juma.create('enrollments', `${other.id}.HIV-001.1`, badEnrollment(other.id))
  await juma.push(bad)
  await amina.push(moveOf(id, seq))
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.main)
})
