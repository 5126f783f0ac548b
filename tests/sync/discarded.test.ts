import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clinic, enrollment, NOON, openClinic, outcomes, person } from './clinic.ts'
import type { Sender } from './sender.ts'

let clinic: Clinic
let amina: Sender
let juma: Sender
const WEEK = 7 * 24 * 3_600_000

beforeEach(async () => {
  clinic = await openClinic()
  amina = await clinic.doctor('amina', [clinic.main])
  juma = await clinic.doctor('juma', [clinic.main])
})
afterEach(() => clinic.close())

/** After a week, everything that waits is a question. */
async function aWeekLater(): Promise<void> {
  clinic.clock.now = NOON + WEEK
  await clinic.server.records.lookAfterParked()
}
const discard = (changeId: string) => juma.push(juma.edit('issues', `parked.${changeId}`, { state: ['open', 'discarded'] }, 1))

test('P18: a parked change that somebody discards is rejected for good: nothing of it arrives, and nobody is asked again', async () => {
  const id = clinic.aClientId()
  const edit = amina.edit('clients', id, { phone: [null, '0700 000 007'] }, 0)
  await amina.push(edit)
  await aWeekLater()
  expect(outcomes(await discard(edit.changeId))).toEqual(['applied'])
  expect(await amina.push(edit)).toMatchObject([{ outcome: 'rejected', reason: 'discarded', repeated: true }])
  await juma.push(juma.create('clients', id, person(clinic.main)))
  await clinic.server.records.lookAfterParked()
  expect(await clinic.record('Client', id)).toMatchObject({ phone: null })
  expect(await clinic.record('Issue', `parked.${edit.changeId}`)).toMatchObject({ state: 'discarded' })
  expect(await clinic.count('Issue')).toBe(1)
  const { body } = (await clinic.record('Push', edit.changeId)) ?? {}
  expect(JSON.parse(String(body))).toEqual(edit)
})

test('P18 P14: with a discarded create goes what waits for its record, and that is told to its author', async () => {
  const id = clinic.aClientId()
  const create = amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id))
  const end = amina.edit('enrollments', `${id}.HIV-001.1`, { status: ['active', 'completed'], endedOn: [null, '2026-05-02'] }, 0)
  await amina.push(create, end)
  await aWeekLater()
  await discard(create.changeId)
  expect(await amina.push(create, end)).toMatchObject([{ reason: 'discarded' }, { outcome: 'rejected', reason: 'parent-discarded' }])
  expect(await clinic.record('Issue', `rejected.${end.changeId}`)).toMatchObject({ state: 'open', actorId: 'amina' })
  await juma.push(juma.create('clients', id, person(clinic.main)))
  expect(await clinic.count('Enrollment')).toBe(0)
})

test('P14: what another device may still bring goes on waiting, with what hangs on it', async () => {
  const id = clinic.aClientId()
  const create = amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id))
  const end = amina.edit('enrollments', `${id}.HIV-001.1`, { status: ['active', 'completed'], endedOn: [null, '2026-05-02'] }, 0)
  const other = juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id, '2026-05-02'))
  await amina.push(create, end)
  await juma.push(other)
  await aWeekLater()
  await discard(create.changeId)
  await juma.push(juma.create('clients', id, person(clinic.main)))
  expect(await clinic.record('Enrollment', `${id}.HIV-001.1`)).toMatchObject({ enrolledOn: '2026-05-02', status: 'completed' })
  expect(await amina.push(end)).toMatchObject([{ repeated: true }])
})

test('P18: a parked question that is resolved, or closed too late, discards nothing', async () => {
  const [first, second] = [clinic.aClientId(), clinic.aClientId()]
  const edits = [first, second].map((id) => amina.edit('clients', id, { phone: [null, '0700 000 007'] }, 0))
  await amina.push(...edits)
  await aWeekLater()
  await juma.push(juma.edit('issues', `parked.${edits[0]?.changeId}`, { state: ['open', 'resolved'] }, 1))
  await juma.push(...[first, second].map((id) => juma.create('clients', id, person(clinic.main))))
  expect(outcomes(await discard(String(edits[1]?.changeId)))).toEqual(['merged'])
  for (const id of [first, second]) expect(await clinic.record('Client', id)).toMatchObject({ phone: '0700 000 007' })
})
