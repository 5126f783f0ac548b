import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { duplicateIssueId } from '#domain/clients/duplicates.ts'
import { counted } from '#tests/sync/simulation/proofs/counted.ts'
import { allRecords } from '#tests/sync/simulation/proofs/served.ts'
import { type Clinic, enrollment, openClinic, outcomes, person } from './clinic.ts'
import type { Sender } from './sender.ts'

let clinic: Clinic
let amina: Sender
let wanjiru: Sender
/** Works at both facilities. */
let both: Sender

beforeEach(async () => {
  clinic = await openClinic()
  amina = await clinic.doctor('amina', [clinic.main])
  wanjiru = await clinic.doctor('wanjiru', [clinic.north])
  both = await clinic.doctor('both', [clinic.main, clinic.north])
})
afterEach(() => clinic.close())

const authorOf = ({ accountId, deviceId, facilities }: Sender) => ({ accountId, deviceId, facilities })
const join = (from: string, into: string, by = both) => clinic.server.records.join(authorOf(by), { from, into })
const client = (id: string) => clinic.record('Client', id)
const enrolled = (id: string) => clinic.record('Enrollment', id)
/** One person at two facilities, with different names so that nothing asks about them. */
async function twoClients() {
  const a = await clinic.registered(amina, { givenName: 'Neema', phone: '0700 000 001' })
  const b = await clinic.registered(wanjiru, { givenName: 'Zuhura' })
  return { a, b }
}

describe('joining two clients', () => {
  test('M13: the one keeps where it went, the other its values, and the history and the log say who did it', async () => {
    const { a, b } = await twoClients()
    expect(await join(a.id, b.id)).toEqual({ id: b.id, joined: true })
    expect(await client(a.id)).toMatchObject({ mergedInto: b.id, givenName: 'Neema', facilityId: clinic.main, updatedBy: 'both' })
    expect(await client(b.id)).toMatchObject({ mergedInto: null, givenName: 'Zuhura', seq: b.seq })
    const { rows } = await clinic.server.records.history([clinic.main], { collection: 'clients', recordId: a.id, before: null })
    expect(rows[0]).toMatchObject({ field: 'mergedInto', from: null, to: b.id, outcome: 'taken', actorId: 'both', deviceId: 'device-both' })
    const events = await clinic.server.database.read.all(`SELECT "actorId", subject FROM "AuditEvent" WHERE action = 'client.joined'`)
    expect(events).toEqual([a.id, b.id].map((subject) => ({ actorId: 'both', subject })))
  })
  test('M14: enrollments hang on the other from then on, also of those who were joined before, and go to its facility', async () => {
    const { a, b } = await twoClients()
    const earlier = await clinic.registered(amina, { givenName: 'Salma' })
    await amina.push(amina.create('enrollments', `${earlier.id}.TB-001.1`, enrollment(earlier.id, '2026-05-01', 'TB-001')))
    await amina.push(amina.create('enrollments', `${a.id}.HIV-001.1`, enrollment(a.id)))
    await join(earlier.id, a.id)
    await join(a.id, b.id)
    for (const id of [`${earlier.id}.TB-001.1`, `${a.id}.HIV-001.1`])
      expect(await enrolled(id)).toMatchObject({ clientId: b.id, facilityId: clinic.north })
    const left = await clinic.server.database.read.all(`SELECT "facilityId" FROM "Departed" WHERE collection = 'enrollments'`)
    expect(left).toEqual([{ facilityId: clinic.main }, { facilityId: clinic.main }])
    const { rows } = await clinic.server.records.history([clinic.north], { collection: 'clients', recordId: b.id, before: null })
    const moved = rows.filter(({ field }) => field === 'clientId').slice(0, 2)
    expect(moved.map(({ recordId }) => recordId).sort()).toEqual([`${a.id}.HIV-001.1`, `${earlier.id}.TB-001.1`].sort())
    for (const row of moved) expect(row).toMatchObject({ from: a.id, to: b.id })
  })
  test('M14 E3: two open episodes of one program make an issue where the person is now', async () => {
    const { a, b } = await twoClients()
    await amina.push(amina.create('enrollments', `${a.id}.HIV-001.1`, enrollment(a.id)))
    await wanjiru.push(wanjiru.create('enrollments', `${b.id}.HIV-001.1`, enrollment(b.id)))
    await join(a.id, b.id)
    const issue = await clinic.record('Issue', `open.${a.id}.HIV-001.1`)
    expect(issue).toMatchObject({ state: 'open', facilityId: clinic.north, reason: 'two-open-episodes' })
    expect(JSON.parse(String(issue?.detail))).toMatchObject({ otherId: `${b.id}.HIV-001.1` })
    expect(await clinic.count('Issue')).toBe(1)
  })
  test('M14 S2: a question about an enrollment goes along, one about the client stays where its record is', async () => {
    const { a, b } = await twoClients()
    const bad = amina.create('enrollments', `${a.id}.HIV-001.1`, { ...enrollment(a.id), reason: ' ' })
    const wrong = amina.edit('clients', a.id, { phone: [null, ' '] }, a.seq)
    await amina.push(bad, wrong)
    await join(a.id, b.id)
    const placeOf = async (issue: string) => (await clinic.record('Issue', issue))?.facilityId
    expect([await placeOf(`rejected.${bad.changeId}`), await placeOf(`rejected.${wrong.changeId}`)]).toEqual([clinic.north, clinic.main])
    await both.push(both.edit('clients', b.id, { facilityId: [clinic.north, clinic.main] }, b.seq))
    expect(await placeOf(`rejected.${bad.changeId}`)).toBe(clinic.main)
  })
  test('M15: the question whether they are one is answered, also for those who were joined into them', async () => {
    const alike = { familyName: 'Otieno', phone: '0712 345 678', bornOn: '1990-04-03', nationalId: '12345678' }
    const [a, b, c] = [await clinic.registered(amina, alike), await clinic.registered(amina, alike), await clinic.registered(amina, alike)]
    const state = async (x: string, y: string) => (await clinic.record('Issue', duplicateIssueId(x, y)))?.state
    expect(await state(a.id, b.id)).toBe('open')
    await join(a.id, b.id)
    expect([await state(a.id, b.id), await state(a.id, c.id), await state(b.id, c.id)]).toEqual(['resolved', 'open', 'open'])
    await join(b.id, c.id)
    expect([await state(a.id, c.id), await state(b.id, c.id)]).toEqual(['resolved', 'resolved'])
  })
  test('M15: who were joined already are joined no more, so that there is never a circle', async () => {
    const { a, b } = await twoClients()
    const c = await clinic.registered(both)
    await join(a.id, b.id)
    await join(b.id, c.id)
    for (const [from, into] of [
      [a.id, a.id],
      [a.id, b.id],
      [c.id, a.id],
      [b.id, a.id],
    ] as const)
      expect(await join(from, into)).toEqual({ id: c.id, joined: false })
    const d = await clinic.registered(both)
    expect(await join(d.id, a.id)).toEqual({ id: c.id, joined: true })
    expect(await client(d.id)).toMatchObject({ mergedInto: c.id })
    expect(await client(c.id)).toMatchObject({ mergedInto: null })
  })
  test('M15: nobody joins whom they do not have, and nobody who was removed', async () => {
    const { a, b } = await twoClients()
    for (const by of [amina, wanjiru]) await expect(join(a.id, b.id, by)).rejects.toThrow('another facility')
    await expect(join(a.id, 'nobody')).rejects.toThrow('not-found')
    await wanjiru.push({ ...wanjiru.edit('clients', b.id, {}, b.seq), op: 'delete' })
    await expect(join(a.id, b.id)).rejects.toThrow('was removed')
    expect(await client(a.id)).toMatchObject({ mergedInto: null })
  })
  test('S6 C1: the running totals count one person, with all enrollments where the person is', async () => {
    const { a, b } = await twoClients()
    await amina.push(amina.create('enrollments', `${a.id}.HIV-001.1`, enrollment(a.id)))
    await join(a.id, b.id)
    const { read } = clinic.server.database
    const kept = await read.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0 ORDER BY key')
    const all = await counted((name) => allRecords(read, name), 'UTC')
    expect(Object.fromEntries(kept.map(({ key, value }) => [key, value]))).toEqual(Object.fromEntries(all))
    expect(all.get(`clients|${clinic.main}`)).toBeUndefined()
    expect(all.get(`enrollments|${clinic.north}|HIV-001|active`)).toBe(1)
  })
})

describe('parting two who were joined', () => {
  const part = (id: string, by = both) => clinic.server.records.part(authorOf(by), { id })
  const totals = async () => {
    const rows = await clinic.server.database.read.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0')
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]).sort())
  }

  test('M16: each has its own enrollments and place again, late ones too, and the totals are what they were', async () => {
    const { a, b } = await twoClients()
    await amina.push(amina.create('enrollments', `${a.id}.HIV-001.1`, enrollment(a.id)))
    await wanjiru.push(wanjiru.create('enrollments', `${b.id}.HIV-001.1`, enrollment(b.id)))
    const before = await totals()
    await join(a.id, b.id)
    expect(await totals()).not.toEqual(before)
    await amina.push(amina.create('enrollments', `${a.id}.TB-001.1`, enrollment(a.id, '2026-05-01', 'TB-001')))
    expect(await enrolled(`${a.id}.TB-001.1`)).toMatchObject({ clientId: b.id })
    expect(await part(a.id)).toEqual({ id: a.id, parted: true })
    expect(await client(a.id)).toMatchObject({ mergedInto: null, givenName: 'Neema', facilityId: clinic.main, updatedBy: 'both' })
    for (const id of [`${a.id}.HIV-001.1`, `${a.id}.TB-001.1`])
      expect(await enrolled(id)).toMatchObject({ clientId: a.id, facilityId: clinic.main })
    expect(await enrolled(`${b.id}.HIV-001.1`)).toMatchObject({ clientId: b.id, facilityId: clinic.north })
    expect(await clinic.record('Issue', `open.${a.id}.HIV-001.1`)).toMatchObject({ state: 'resolved' })
    const late = [`enrollments|${clinic.main}|TB-001|active`]
    expect(Object.fromEntries(Object.entries(await totals()).filter(([key]) => !key.includes('TB-001')))).toMatchObject(
      Object.fromEntries(Object.entries(before).filter(([key]) => key.startsWith('clients|') || key.includes('HIV-001'))),
    )
    expect((await totals())[late[0] ?? '']).toBe(1)
    const events = await clinic.server.database.read.all(`SELECT "actorId", subject FROM "AuditEvent" WHERE action = 'client.parted'`)
    expect(events).toEqual([a.id, b.id].map((subject) => ({ actorId: 'both', subject })))
  })
  test('M16: who was joined into the one that goes comes along with it, and a question of the other’s own stays open', async () => {
    const { a, b } = await twoClients()
    const earlier = await clinic.registered(amina, { givenName: 'Salma' })
    await amina.push(amina.create('enrollments', `${earlier.id}.TB-001.1`, enrollment(earlier.id, '2026-05-01', 'TB-001')))
    await wanjiru.push(wanjiru.create('enrollments', `${b.id}.HIV-001.1`, enrollment(b.id)))
    await wanjiru.push(wanjiru.create('enrollments', `${b.id}.HIV-001.2`, { ...enrollment(b.id), episode: 2 }))
    const own = await clinic.record('Issue', `open.${b.id}.HIV-001.2`)
    expect(own).toMatchObject({ state: 'open' })
    await join(earlier.id, a.id)
    await join(a.id, b.id)
    await part(a.id)
    expect(await client(earlier.id)).toMatchObject({ mergedInto: a.id })
    expect(await enrolled(`${earlier.id}.TB-001.1`)).toMatchObject({ clientId: a.id, facilityId: clinic.main })
    expect(await clinic.record('Issue', `open.${b.id}.HIV-001.2`)).toMatchObject({ state: 'open' })
  })
  test('M16: what was written of the one that stands stays with it, and joined again they are one again', async () => {
    const { a, b } = await twoClients()
    await join(a.id, b.id)
    await wanjiru.push(wanjiru.edit('clients', b.id, { phone: [null, '0700 9'] }, b.seq))
    await part(a.id)
    expect(await client(a.id)).toMatchObject({ phone: '0700 000 001' })
    expect(await client(b.id)).toMatchObject({ phone: '0700 9' })
    expect(await join(a.id, b.id)).toEqual({ id: b.id, joined: true })
  })
  test('M16: nobody parts whom they do not have, or who was removed, and who stands for itself is left alone', async () => {
    const { a, b } = await twoClients()
    expect(await part(a.id)).toEqual({ id: a.id, parted: false })
    await join(a.id, b.id)
    for (const by of [amina, wanjiru]) await expect(part(a.id, by)).rejects.toThrow('another facility')
    await expect(part('nobody')).rejects.toThrow('not-found')
    expect(await client(a.id)).toMatchObject({ mergedInto: b.id })
  })
})

describe('what comes late for a client who was joined', () => {
  test('M13 P8: an edit by who has the old number is merged into the one that stands, and conflicts are kept there', async () => {
    const { a, b } = await twoClients()
    await join(a.id, b.id)
    const late = amina.edit('clients', a.id, { address: [null, 'Plot 7'], givenName: ['Neema', 'Nema'] }, a.seq)
    expect(await amina.push(late)).toMatchObject([{ outcome: 'conflict', newId: b.id }])
    expect(await client(b.id)).toMatchObject({ givenName: 'Zuhura', address: 'Plot 7' })
    expect(await client(a.id)).toMatchObject({ givenName: 'Neema', address: null })
    expect(await clinic.record('Issue', `conflict.${late.changeId}`)).toMatchObject({ facilityId: clinic.north, recordId: b.id })
  })
  test('M14 P8: an enrollment by who has the old number hangs on the one that stands', async () => {
    const { a, b } = await twoClients()
    await join(a.id, b.id)
    expect(outcomes(await amina.push(amina.create('enrollments', `${a.id}.HIV-001.1`, enrollment(a.id))))).toEqual(['applied'])
    expect(await enrolled(`${a.id}.HIV-001.1`)).toMatchObject({ clientId: b.id, facilityId: clinic.north })
    const end = amina.edit('enrollments', `${a.id}.HIV-001.1`, { status: ['active', 'lost'], endedOn: [null, '2026-05-03'] }, 0)
    expect(outcomes(await amina.push(end))).toEqual(['applied'])
  })
  test('M13: its registration said again lands on the one that stands, and the old number stays what it was', async () => {
    const id = clinic.aClientId()
    const values = { ...person(clinic.main), phone: '0700 000 001' }
    await amina.push(amina.create('clients', id, values))
    const b = await clinic.registered(wanjiru)
    await join(id, b.id)
    const again = amina.create('clients', id, { ...values, address: 'Plot 7' })
    expect(await amina.push(again)).toMatchObject([{ outcome: 'conflict', newId: b.id }])
    expect(await client(id)).toMatchObject({ mergedInto: b.id, address: null })
    expect(await client(b.id)).toMatchObject({ facilityId: clinic.north, address: 'Plot 7' })
  })
  test('M13: a removal or a move of the old number neither removes nor moves the person', async () => {
    const { a, b } = await twoClients()
    await join(a.id, b.id)
    const remove = { ...amina.edit('clients', a.id, {}, a.seq), op: 'delete' as const }
    const move = amina.edit('clients', a.id, { facilityId: [clinic.main, clinic.north] }, a.seq)
    const south = await clinic.server.records.createFacility({ name: 'South', code: null }, { accountId: 'boss' })
    const away = amina.edit('clients', a.id, { facilityId: [clinic.main, south] }, a.seq)
    expect(outcomes(await amina.push(remove, move, away))).toEqual(['conflict', 'merged', 'conflict'])
    expect(await client(b.id)).toMatchObject({ deleted: 0, facilityId: clinic.north })
  })
})
