import { afterEach, beforeEach, expect, test } from 'vitest'
import { EVERYWHERE } from '#domain/collections.ts'
import { removedAnswer } from '#domain/sync/asking.ts'
import { type Clinic, NOON, openClinic, outcomes, person } from './clinic.ts'
import type { Sender } from './sender.ts'

let clinic: Clinic
let amina: Sender
let juma: Sender
const NOBODY = { familyName: null, middleName: null, sex: 'female', bornOn: null, bornOnEstimated: false }

beforeEach(async () => {
  clinic = await openClinic()
  amina = await clinic.doctor('amina', [clinic.main])
  juma = await clinic.doctor('juma', [clinic.main])
})
afterEach(() => clinic.close())

const ask = (rooms: string[], before: number | null = null) => clinic.server.records.removed([EVERYWHERE, ...rooms], { before })
async function removed(by: Sender, more = {}): Promise<string> {
  const { id, seq } = await clinic.registered(by, more)
  await by.push({ ...by.edit('clients', id, {}, seq), op: 'delete' })
  return id
}

test('S13: who was removed is listed for each doctor of the room, newest first, with who did it and when', async () => {
  const first = await removed(amina, { givenName: 'Asha', familyName: 'Otieno' })
  clinic.clock.now = NOON + 60_000
  const second = await removed(juma)
  await clinic.registered(juma)
  const { rows, people, more } = removedAnswer.parse(await ask([clinic.main]))
  expect(rows.map(({ id }) => id)).toEqual([second, first])
  const asha = { ...NOBODY, givenName: 'Asha', familyName: 'Otieno', facilityId: clinic.main }
  expect(rows[1]).toEqual({ ...asha, id: first, seq: rows[1]?.seq, removedAt: NOON, removedBy: 'amina' })
  expect(people).toEqual({ amina: 'Dr amina', juma: 'Dr juma' })
  expect(more).toBe(false)
})

test('S13: an edit that came too late is no removal, and who is back is not listed', async () => {
  const id = await removed(amina)
  clinic.clock.now = NOON + 60_000
  expect(outcomes(await juma.push(juma.edit('clients', id, { phone: [null, '0700'] }, 1)))).toEqual(['conflict'])
  const { rows } = await ask([clinic.main])
  expect(rows).toMatchObject([{ id, removedAt: NOON, removedBy: 'amina' }])
  const back = juma.edit('clients', id, { givenName: ['Neema', 'Neema'] }, rows[0]?.seq ?? 0)
  expect(outcomes(await juma.push({ ...back, op: 'restore' }))).toEqual(['applied'])
  expect((await ask([clinic.main])).rows).toEqual([])
})

test('S4 S13: nobody sees who was removed elsewhere', async () => {
  const wanjiru = await clinic.doctor('wanjiru', [clinic.north])
  const id = await removed(wanjiru)
  await removed(amina)
  expect((await ask([clinic.north])).rows.map((row) => row.id)).toEqual([id])
  expect((await ask([])).rows).toEqual([])
})

test('S13: pages of 200 hold everybody once', async () => {
  const ids = Array.from({ length: 205 }, () => clinic.aClientId())
  for (const ops of ['create', 'delete'] as const) {
    const changes = ids.map((id) => ({ ...amina.create('clients', id, ops === 'create' ? person(clinic.main) : {}), op: ops }))
    await clinic.server.records.apply({ accountId: 'amina', deviceId: 'device-amina', facilities: 'all' }, changes)
  }
  const first = await ask([clinic.main])
  const second = await ask([clinic.main], first.rows.at(-1)?.seq)
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([200, true, 5, false])
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id))).toEqual(new Set(ids))
})
