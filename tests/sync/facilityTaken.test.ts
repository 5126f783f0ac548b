import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePlaces } from '#server/accounts/places.ts'
import { type Clinic, enrollment, openClinic, outcomes, person } from './clinic.ts'
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

/** An administrator gives the doctor other facilities; the session of the tablet knows at once, the tablet later. */
async function worksAt(doctor: Sender, ...facilities: string[]): Promise<void> {
  await clinic.server.database.write((sql) => changePlaces(sql, doctor.accountId, facilities))
  doctor.facilities.splice(0, doctor.facilities.length, ...facilities)
}
const placeOf = async (issue: string) => (await clinic.record('Issue', issue))?.facilityId

test('P19: what was written before the facility was taken is applied: edits, registrations and enrollments', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const fresh = clinic.aClientId()
  const results = await amina.push(
    amina.edit('clients', id, { phone: [null, '0700 000 004'] }, seq),
    amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id)),
    amina.create('clients', fresh, person(clinic.main)),
    amina.create('enrollments', `${fresh}.HIV-001.1`, enrollment(fresh)),
  )
  expect(outcomes(results)).toEqual(['applied', 'applied', 'applied', 'applied'])
  expect(await clinic.record('Client', fresh)).toMatchObject({ facilityId: clinic.main })
  expect(await clinic.count('Issue')).toBe(0)
})

test('P19: also when the client has gone on to another facility since', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const south = await clinic.server.records.createFacility({ name: 'South', code: null }, { accountId: 'boss' })
  await juma.push(juma.edit('clients', id, { facilityId: [clinic.main, south] }, seq))
  expect(outcomes(await amina.push(amina.edit('clients', id, { phone: [null, '0700'] }, seq)))).toEqual(['merged'])
  const bad = amina.edit('clients', id, { phone: [null, ' 0700 '] }, seq)
  expect(outcomes(await amina.push(bad))).toEqual(['rejected'])
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(south)
})

test('P19: what nobody could have seen by then is a question at the record’s facility, never at another one', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const [later] = await juma.push(juma.edit('clients', id, { phone: [null, 'new'] }, seq))
  const edit = amina.edit('clients', id, { phone: ['new', 'newer'] }, later?.seq ?? 0)
  expect(await amina.push(edit)).toMatchObject([{ outcome: 'rejected', reason: 'not-permitted' }])
  expect(await placeOf(`rejected.${edit.changeId}`)).toBe(clinic.main)
  const bad = amina.create('clients', clinic.aClientId(), { ...person(clinic.main), givenName: ' Neema ' })
  await amina.push(bad)
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.main)
})

test('P19: a question about a record that has left the author’s room is asked where the record is', async () => {
  const { id, seq } = await clinic.registered(juma)
  await juma.push(juma.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq))
  const bad = amina.edit('clients', id, { phone: [null, ' 0700 '] }, seq)
  await amina.push(bad)
  expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.north)
})

test('P19: nobody fetches a client from a facility that was taken, and the move is a question there', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const move = amina.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq)
  expect(await amina.push(move)).toMatchObject([{ outcome: 'rejected', reason: 'not-permitted' }])
  expect(await placeOf(`rejected.${move.changeId}`)).toBe(clinic.main)
  expect(await clinic.record('Client', id)).toMatchObject({ facilityId: clinic.main })
})

test('P19: nor in two steps, the second of which goes on from where the first was refused', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const south = await clinic.server.records.createFacility({ name: 'South', code: null }, { accountId: 'boss' })
  const results = await amina.push(
    amina.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq),
    amina.edit('clients', id, { facilityId: [clinic.north, south], phone: [null, '0700'] }, seq),
  )
  expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['rejected', 'not-permitted'],
    ['rejected', 'not-permitted'],
  ])
  expect(await clinic.record('Client', id)).toMatchObject({ facilityId: clinic.main, phone: null })
})

test('P19: a facility that is given back is an own one again, and taken anew counts from then', async () => {
  const { id, seq } = await clinic.registered(juma)
  await worksAt(amina, clinic.north)
  const [seen] = await juma.push(juma.edit('clients', id, { phone: [null, 'new'] }, seq))
  await worksAt(amina, clinic.north, clinic.main)
  expect(await clinic.server.database.read.all('SELECT * FROM "LeftFacility"')).toEqual([])
  await worksAt(amina, clinic.north)
  expect(outcomes(await amina.push(amina.edit('clients', id, { phone: ['new', 'newer'] }, seen?.seq ?? 0)))).toEqual(['applied'])
})

test('P19: a facility that was never the author’s stays closed', async () => {
  const wanjiru = await clinic.doctor('wanjiru', [clinic.north])
  const { id, seq } = await clinic.registered(juma)
  const edit = wanjiru.edit('clients', id, { phone: [null, '0700'] }, seq)
  expect(await wanjiru.push(edit)).toMatchObject([{ outcome: 'rejected', reason: 'not-permitted' }])
  expect(await placeOf(`rejected.${edit.changeId}`)).toBe(clinic.north)
})

test('P8 P15: an edit that shares its transaction with the move of its client is applied', async () => {
  const { id, seq } = await clinic.registered(juma)
  const [moved, edited] = await Promise.all([
    juma.push(juma.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq)),
    amina.push(amina.edit('clients', id, { phone: [null, '0700'] }, seq)),
  ])
  expect([...outcomes(moved), ...outcomes(edited)]).toEqual(['applied', 'merged'])
  expect((edited[0]?.seq ?? 0) - (moved[0]?.seq ?? 0)).toBe(1)
})
