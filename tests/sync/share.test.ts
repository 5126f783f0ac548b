import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { LOOKUPS_AN_HOUR } from '#server/sync/lookup.ts'
import { counted } from '#tests/sync/simulation/proofs/counted.ts'
import { allRecords } from '#tests/sync/simulation/proofs/served.ts'
import { unexplained } from '#tests/sync/simulation/proofs/sums.ts'
import { type Clinic, enrollment, openClinic, outcomes } from './clinic.ts'
import type { Sender } from './sender.ts'

let clinic: Clinic
/** Of the home, and of the clinic that the client comes to. */
let amina: Sender
let wanjiru: Sender

beforeEach(async () => {
  clinic = await openClinic()
  amina = await clinic.doctor('amina', [clinic.main])
  wanjiru = await clinic.doctor('wanjiru', [clinic.north])
})
afterEach(() => clinic.close())

const authorOf = ({ accountId, deviceId, facilities }: Sender) => ({ accountId, deviceId, facilities })
const share = (id: string, by = wanjiru, facilityId = clinic.north) =>
  clinic.server.records.share(authorOf(by), { id, facilityId, reason: 'referred' })
const unshare = (id: string, by: Sender, facilityId = clinic.north) => clinic.server.records.unshare(authorOf(by), { id, facilityId })
const lookup = (by: 'number' | 'national-id', value: string, who = wanjiru) =>
  clinic.server.records.lookup({ ...authorOf(who), ip: '127.0.0.1' }, { by, value })
const roomsOf = (who: Sender) => clinic.server.records.roomsFor(who.facilities)
/** What a tablet that has nothing yet would pull. */
async function pulled(who: Sender, collection: 'clients' | 'enrollments' | 'issues' = 'clients') {
  const { documents } = await clinic.server.records.pull(await roomsOf(who), { collection, checkpoint: null, limit: 100 })
  return documents.filter(({ _deleted }) => !_deleted).map(({ id }) => id)
}
const enrolled = async (by: Sender, id: string, program = 'HIV-001') =>
  by.push(by.create('enrollments', `${id}.${program}.1`, enrollment(id, '2026-05-01', program)))

describe('a client who comes to another clinic', () => {
  test('S15: is with both facilities from then on, with enrollments and questions, and the history says who, when and why', async () => {
    const { id, seq } = await clinic.registered(amina)
    await enrolled(amina, id)
    expect(await pulled(wanjiru)).toEqual([])
    expect(await share(id)).toEqual({ id, changed: true })
    for (const doctor of [amina, wanjiru]) {
      expect(await pulled(doctor)).toEqual([id])
      expect(await pulled(doctor, 'enrollments')).toEqual([`${id}.HIV-001.1`])
    }
    const [edit] = await wanjiru.push(wanjiru.edit('clients', id, { phone: [null, '0700 000 001'] }, seq + 2))
    expect(edit?.outcome).toBe('applied')
    expect(outcomes(await enrolled(wanjiru, id, 'TB-001'))).toEqual(['applied'])
    expect(await pulled(amina, 'enrollments')).toEqual([`${id}.HIV-001.1`, `${id}.TB-001.1`])
    const { rows } = await clinic.server.records.history(await roomsOf(amina), { collection: 'clients', recordId: id, before: null })
    const told = rows.filter(({ field }) => field === 'sharedWith' || field === 'sharedFor')
    expect(told).toMatchObject([
      { field: 'sharedFor', to: 'referred', actorId: 'wanjiru', outcome: 'taken' },
      { field: 'sharedWith', from: null, to: clinic.north, actorId: 'wanjiru', outcome: 'taken' },
    ])
    const events = await clinic.server.database.read.all(`SELECT "actorId", subject FROM "AuditEvent" WHERE action = 'client.shared'`)
    expect(events).toEqual([{ actorId: 'wanjiru', subject: id }])
  })

  test('S15: counts at home alone; sums and history stay right, and said again it is nothing', async () => {
    const { id } = await clinic.registered(amina)
    await enrolled(amina, id)
    await share(id)
    const head = await clinic.server.records.head()
    expect(await share(id)).toEqual({ id, changed: false })
    expect((await clinic.server.records.head()).seq).toBe(head.seq)
    const { read } = clinic.server.database
    const kept = await read.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0 ORDER BY key')
    const again = [...(await counted((name) => allRecords(read, name), 'UTC'))].filter(([, value]) => value !== 0).sort()
    expect(kept.map(({ key, value }) => [key, value])).toEqual(again)
    expect(kept.filter(({ key }) => key.includes(clinic.north))).toEqual([])
    const [client] = await allRecords(clinic.server.database.read, 'clients')
    const lines = await clinic.server.database.read.all<{ field: string; to: string | null; outcome: 'taken' }>(
      'SELECT field, "to", outcome FROM "Change" WHERE "recordId" = ? ORDER BY seq',
      id,
    )
    const said = lines.map((line) => ({ ...line, to: JSON.parse(line.to ?? 'null') }))
    expect(client && unexplained(collections.clients, client, said)).toEqual([])
  })

  test('S15: two facilities may have it beside the home; another client of the same sharing is in the same room', async () => {
    const south = await clinic.server.records.createFacility({ name: 'South', code: null }, { accountId: 'admin' })
    const musa = await clinic.doctor('musa', [south])
    const [one, other] = [await clinic.registered(amina), await clinic.registered(amina, { givenName: 'Zuhura' })]
    await share(one.id)
    await share(one.id, musa, south)
    await share(other.id, musa, south)
    await share(other.id)
    expect((await pulled(musa)).sort()).toEqual([one.id, other.id].sort())
    expect((await pulled(wanjiru)).sort()).toEqual([one.id, other.id].sort())
    const rooms = await clinic.server.database.read.all<{ room: string }>('SELECT DISTINCT room FROM "Client"')
    expect(rooms).toHaveLength(1)
  })

  test('S16: nobody shares with a facility of others, or whom nobody has, and only a doctor of either side ends it', async () => {
    const { id } = await clinic.registered(amina)
    const south = await clinic.server.records.createFacility({ name: 'South', code: null }, { accountId: 'admin' })
    const musa = await clinic.doctor('musa', [south])
    await expect(share(id, amina)).rejects.toThrow('a facility of others')
    await expect(share('nobody')).rejects.toThrow('not-found')
    await share(id)
    await expect(unshare(id, musa)).rejects.toThrow('not-found')
    await share(id, musa, south)
    await expect(unshare(id, musa)).rejects.toThrow('a facility of others')
    expect(await unshare(id, musa, south)).toEqual({ id, changed: true })
    expect(await unshare(id, amina)).toEqual({ id, changed: true })
    expect(await unshare(id, amina)).toEqual({ id, changed: false })
    expect(await clinic.record('Client', id)).toMatchObject({ facilityId: clinic.main, sharedWith: null, sharedFor: 'referred' })
  })

  test('S16 P8: it leaves that facility’s tablets, and what was written there before they heard is applied', async () => {
    const { id } = await clinic.registered(amina)
    await enrolled(amina, id)
    await share(id)
    const { checkpoint } = await clinic.server.records.pull(await roomsOf(wanjiru), { collection: 'clients', checkpoint: null, limit: 100 })
    const seen = (await clinic.server.records.head()).seq
    await unshare(id, amina)
    const { documents } = await clinic.server.records.pull(await roomsOf(wanjiru), { collection: 'clients', checkpoint, limit: 100 })
    expect(documents).toEqual([{ id, seq: expect.any(Number), _deleted: true }])
    expect(await pulled(wanjiru, 'enrollments')).toEqual([])
    const late = await wanjiru.push(wanjiru.edit('clients', id, { phone: [null, '0700 000 002'] }, seen))
    expect(outcomes(late)).toEqual(['merged'])
    expect(await clinic.record('Client', id)).toMatchObject({ phone: '0700 000 002', facilityId: clinic.main, sharedWith: null })
  })

  test('S16: who moves to where they were shared with is there as any other, and the old home has them no more', async () => {
    const { id } = await clinic.registered(amina)
    await share(id)
    const { seq } = await clinic.server.records.head()
    expect(outcomes(await wanjiru.push(wanjiru.edit('clients', id, { facilityId: [clinic.main, clinic.north] }, seq)))).toEqual(['applied'])
    expect(await clinic.record('Client', id)).toMatchObject({ facilityId: clinic.north, sharedWith: null, room: clinic.north })
    expect(await pulled(amina)).toEqual([])
    expect(await pulled(wanjiru)).toEqual([id])
  })

  test('M15: a doctor who has both by sharing may join them', async () => {
    const a = await clinic.registered(amina, { givenName: 'Neema' })
    const b = await clinic.registered(wanjiru, { givenName: 'Zuhura' })
    await enrolled(amina, a.id)
    await expect(clinic.server.records.join(authorOf(wanjiru), { from: a.id, into: b.id })).rejects.toThrow('another facility')
    await share(a.id)
    expect(await clinic.server.records.join(authorOf(wanjiru), { from: a.id, into: b.id })).toEqual({ id: b.id, joined: true })
    expect(await pulled(wanjiru, 'enrollments')).toEqual([`${a.id}.HIV-001.1`])
  })

  test('X1: erased, it leaves no value at either facility', async () => {
    const { id } = await clinic.registered(amina, { phone: '0700 123 456' })
    await share(id)
    await clinic.server.records.erase({ accountId: 'admin', deviceId: 'office', facilities: 'all' }, id)
    for (const doctor of [amina, wanjiru]) expect(await pulled(doctor)).toEqual([])
    expect(await clinic.record('Client', id)).toMatchObject({ phone: null, givenName: null, deleted: 1 })
  })
})

describe('looking for a client of another facility', () => {
  test('S17: by the number, however it is typed, or by the whole national id; no more than initials, sex and year', async () => {
    const values = { givenName: 'Neema', familyName: 'Otieno', bornOn: '1990-05-04', nationalId: 'AB-1234 567', phone: '0700 000 001' }
    const { id } = await clinic.registered(amina, values)
    const expected = [{ id, initials: 'NO', sex: 'female', birthYear: 1990, bornOnEstimated: false, isHere: false }]
    expect(await lookup('number', id.toLowerCase())).toEqual({ found: expected })
    expect(await lookup('national-id', 'ab1234567')).toEqual({ found: expected })
    expect(await lookup('number', id, amina)).toEqual({ found: [{ ...expected[0], isHere: true }] })
    for (const [by, value] of [
      ['number', 'Neema'],
      ['national-id', 'AB-1234'],
      ['national-id', '%'],
      ['national-id', 'Otieno'],
    ] as const)
      expect(await lookup(by, value), value).toEqual({ found: [] })
  })

  test('S17: who was joined is found as the one that stands; who was removed or erased is nobody', async () => {
    const a = await clinic.registered(amina, { givenName: 'Neema' })
    const b = await clinic.registered(amina, { givenName: 'Zuhura' })
    await clinic.server.records.join(authorOf(amina), { from: a.id, into: b.id })
    expect((await lookup('number', a.id)).found).toMatchObject([{ id: b.id }])
    await clinic.server.records.erase({ accountId: 'admin', deviceId: 'office', facilities: 'all' }, b.id)
    expect(await lookup('number', b.id)).toEqual({ found: [] })
  })

  test('S17: each is in the audit log with whom it found, never with what was typed, and there is a limit to them', async () => {
    const { id } = await clinic.registered(amina, { nationalId: 'AB1234567' })
    await lookup('national-id', 'AB1234567')
    await lookup('national-id', 'XY9999999')
    const events = await clinic.server.database.read.all<Record<string, unknown>>(
      `SELECT * FROM "AuditEvent" WHERE action = 'client.looked-up' ORDER BY seq`,
    )
    expect(events).toMatchObject([
      { subject: id, actorId: 'wanjiru' },
      { subject: null, actorId: 'wanjiru' },
    ])
    expect(JSON.stringify(events)).not.toMatch(/AB1234567|XY9999999/)
    for (let tries = 2; tries < LOOKUPS_AN_HOUR; tries += 1) await lookup('number', id)
    await expect(lookup('number', id)).rejects.toThrow('too-many')
    await expect(lookup('number', id, amina)).resolves.toMatchObject({ found: [{ id }] })
    clinic.clock.now += 3_600_001
    await expect(lookup('number', id)).resolves.toMatchObject({ found: [{ id }] })
  })
})
