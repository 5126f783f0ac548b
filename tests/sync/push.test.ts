import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { counted } from '#tests/sync/simulation/proofs/counted.ts'
import { allRecords } from '#tests/sync/simulation/proofs/served.ts'
import { createPrograms } from './proofs.ts'
import { Sender } from './sender.ts'
import { type SimulatedServer, startServer } from './server.ts'

let server: SimulatedServer
let amina: Sender
let juma: Sender
let counter = 0
const aClientId = () => clientNumber(Uint8Array.from({ length: 12 }, (_, index) => (counter += index + 1)))
const person = (facilityId: string) => ({ givenName: 'Neema', sex: 'female', bornOnEstimated: false, facilityId })

const NOW = Date.UTC(2026, 4, 4)

beforeEach(async () => {
  server = await startServer(() => NOW)
  await createPrograms(server)
  for (const id of ['amina', 'juma']) await addDoctor(id)
  amina = new Sender(server, 'amina', 'device-amina', [server.facilityId])
  juma = new Sender(server, 'juma', 'device-juma', [server.facilityId])
})
afterEach(() => server.close())

const addDoctor = (id: string) =>
  server.database.writePrisma(async (prisma) => {
    await prisma.account.create({ data: { id, email: `${id}@example.org`, name: id, passwordHash: '', roles: 'doctor' } })
    await prisma.accountFacility.create({ data: { accountId: id, facilityId: server.facilityId } })
  })
const count = async (table: string) => (await server.database.read.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))?.n
const record = async (table: string, id: string) =>
  server.database.read.get<Record<string, SqlValue>>(`SELECT * FROM "${table}" WHERE id = ?`, id)
const outcomes = (results: { outcome: string }[]) => results.map(({ outcome }) => outcome)

async function registered(by = amina): Promise<{ id: string; seq: number }> {
  const id = aClientId()
  const [result] = await by.push(by.create('clients', id, person(server.facilityId)))
  return { id, seq: result?.seq ?? 0 }
}

describe('numbers', () => {
  test('P1: the same push again gives the same answers and writes nothing', async () => {
    const changes = [
      amina.create('clients', aClientId(), person(server.facilityId)),
      amina.create('clients', aClientId(), person(server.facilityId)),
    ]
    const first = await amina.push(...changes)
    expect(await amina.push(...changes)).toEqual(first.map((result) => ({ ...result, repeated: true })))
    expect(first.map(({ repeated }) => repeated)).toEqual([false, false])
    expect(await count('Client')).toBe(2)
    expect(await count('Push')).toBe(2)
  })
  test('P1: a change that comes twice in one push is applied once, and both answers name its number', async () => {
    const create = amina.create('clients', aClientId(), person(server.facilityId))
    const [first, second] = await amina.push(create, create)
    expect(JSON.parse(JSON.stringify(second))).toEqual({ ...first, repeated: true })
    expect(first?.seq).toBeGreaterThan(0)
    expect(await count('Client')).toBe(1)
  })
  test('P1: a change of another account is never answered, and harms nobody', async () => {
    const create = amina.create('clients', aClientId(), person(server.facilityId))
    await amina.push(create)
    await expect(juma.push({ ...create, deviceId: juma.deviceId, actor: 'juma' })).rejects.toThrow('another account')
    expect(outcomes(await juma.push(juma.create('clients', aClientId(), person(server.facilityId))))).toEqual(['applied'])
  })
  test('P2: a number that leaves a gap is refused, and nothing of it is written', async () => {
    await registered()
    amina.n += 1
    expect(outcomes(await amina.push(amina.create('clients', aClientId(), person(server.facilityId))))).toEqual(['gap'])
    expect(await count('Client')).toBe(1)
  })
  test('P3: a number that was used for another change is a fork', async () => {
    await registered()
    amina.n = 0
    expect(outcomes(await amina.push(amina.create('clients', aClientId(), person(server.facilityId))))).toEqual(['fork'])
  })
  test('S1: every change takes a number of its own, in order', async () => {
    const results = await amina.push(...[1, 2, 3].map(() => amina.create('clients', aClientId(), person(server.facilityId))))
    const [first = 0] = results.map(({ seq }) => seq)
    expect(results.map(({ seq }) => seq)).toEqual([first, first + 1, first + 2])
  })
})

describe('refusals', () => {
  test('P5: a change that its own parse would alter is rejected, P6: kept whole, and those behind it go on', async () => {
    const bad = amina.create('clients', aClientId(), { ...person(server.facilityId), givenName: ' Neema ' })
    const good = amina.create('clients', aClientId(), person(server.facilityId))
    const results = await amina.push(bad, good)
    expect(results).toMatchObject([{ outcome: 'rejected', reason: 'invalid' }, { outcome: 'applied' }])
    const issue = await record('Issue', `rejected.${bad.changeId}`)
    const by = { id: 'amina', name: 'amina', at: NOW }
    expect(JSON.parse(String(issue?.detail))).toEqual({ changeId: bad.changeId, change: bad, by })
  })
  test('P5: unknown, derived and fixed fields are rejected', async () => {
    const { id, seq } = await registered()
    const results = await amina.push(
      amina.edit('clients', id, { colour: [null, 'red'] }, seq),
      amina.edit('clients', id, { ['constructor' as string]: [null, 'red'] }, seq),
      amina.edit('clients', id, { mergedInto: [null, 'x'] }, seq),
      amina.create('issues', 'x', { state: 'open' }),
    )
    expect(results.map(({ reason }) => reason)).toEqual(['invalid', 'invalid', 'invalid', 'not-permitted'])
  })
  test("P5: a change in another's name is refused", async () => {
    const change = { ...amina.create('clients', aClientId(), person(server.facilityId)), actor: 'juma' }
    await expect(amina.push(change)).rejects.toThrow('another account')
  })
  test('P8: another facility is rejected as not permitted', async () => {
    const elsewhere = await server.records.createFacility({ name: 'Elsewhere', code: null }, { accountId: 'admin' })
    const [result] = await amina.push(amina.create('clients', aClientId(), person(elsewhere)))
    expect(result).toMatchObject({ outcome: 'rejected', reason: 'not-permitted' })
  })
  test('P9: an id that another device made is taken', async () => {
    const { id } = await registered()
    const [result] = await juma.push(juma.create('clients', id, person(server.facilityId)))
    expect(result).toMatchObject({ outcome: 'rejected', reason: 'id-taken' })
  })
  test('P10: a failure nobody foresaw rejects that change alone', async () => {
    const { id, seq } = await registered()
    await server.database.write((sql) => sql.run(`UPDATE "Change" SET "to" = 'not json' WHERE "recordId" = ? AND field = 'givenName'`, id))
    const broken = juma.edit('clients', id, { phone: [null, '1'] }, seq - 1)
    const results = await juma.push(broken, juma.create('clients', aClientId(), person(server.facilityId)))
    expect(results).toMatchObject([{ outcome: 'rejected', reason: 'internal' }, { outcome: 'applied' }])
  })
  test('P7: an edit of a record that has not arrived waits for it', async () => {
    const id = aClientId()
    const early = juma.edit('clients', id, { phone: [null, '0700 000 007'] }, 0)
    expect(outcomes(await juma.push(early))).toEqual(['parked'])
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await record('Client', id)).toMatchObject({ phone: '0700 000 007' })
    expect(outcomes(await juma.push(early))).toEqual(['merged'])
  })
  test('O6: a void takes its number, and what is behind it goes on', async () => {
    amina.n += 1
    const nothing = { deviceId: amina.deviceId, n: 1, changeId: crypto.randomUUID(), op: 'void' as const, reason: 'unreadable' }
    const next = amina.create('clients', aClientId(), person(server.facilityId))
    const { results } = await server.records.push({ accountId: 'amina', deviceId: amina.deviceId, facilities: amina.facilities }, [
      nothing,
      next,
    ])
    expect(results).toMatchObject([{ outcome: 'rejected', reason: 'unreadable' }, { outcome: 'applied' }])
    const issue = await record('Issue', `rejected.${nothing.changeId}`)
    expect(issue).toMatchObject({ recordId: `void.${amina.deviceId}.1`, reason: 'unreadable', facilityId: server.facilityId })
    expect(JSON.parse(String(issue?.detail)).change).toEqual(nothing)
  })
})

describe('two people', () => {
  test('M4: the same phone: the later stands, both are in the issue', async () => {
    const { id, seq } = await registered()
    await amina.push(amina.edit('clients', id, { phone: [null, 'first'] }, seq))
    const late = juma.edit('clients', id, { phone: [null, 'second'] }, seq)
    expect(outcomes(await juma.push(late))).toEqual(['conflict'])
    expect(await record('Client', id)).toMatchObject({ phone: 'second' })
    const detail = JSON.parse(String((await record('Issue', `conflict.${late.changeId}`))?.detail))
    const currentBy = { id: 'amina', name: 'amina', at: NOW }
    expect(detail.fields).toEqual([{ field: 'phone', from: null, current: 'first', to: 'second', stands: 'to', currentBy }])
    expect(detail.toBy).toEqual({ id: 'juma', name: 'juma', at: NOW })
  })
})

describe('enrollments', () => {
  const enrollment = (clientId: string, enrolledOn = '2026-05-01') => ({
    clientId,
    programId: 'HIV-001',
    episode: 1,
    status: 'active',
    enrolledOn,
  })

  test('E1: two devices that enrol one person meet in one enrollment', async () => {
    const { id } = await registered()
    const [first] = await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id)))
    const [second] = await juma.push(juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id)))
    expect([first?.outcome, second?.outcome]).toEqual(['applied', 'merged'])
    expect(await count('Enrollment')).toBe(1)
  })
  test('E1: an enrollment that is here stays whose it is, also when its client was joined into another since', async () => {
    const { id } = await registered()
    const other = await registered()
    await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id, '2026-01-01')))
    await server.database.write((sql) => sql.run('UPDATE "Client" SET "mergedInto" = ? WHERE id = ?', other.id, id))
    await juma.push(juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id, '2026-02-01')))
    expect(await record('Enrollment', `${id}.HIV-001.1`)).toMatchObject({ clientId: id })
    await juma.push(juma.create('enrollments', `${id}.TB-001.1`, { ...enrollment(id), programId: 'TB-001' }))
    expect(await record('Enrollment', `${id}.TB-001.1`)).toMatchObject({ clientId: other.id })
  })
  test('E2: a new beginning after the end is the next episode, and later changes go there', async () => {
    const { id, seq } = await registered()
    const [made] = await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id, '2026-01-01')))
    await amina.push(
      amina.edit('enrollments', `${id}.HIV-001.1`, { status: ['active', 'completed'], endedOn: [null, '2026-02-01'] }, made?.seq ?? 0),
    )
    const again = juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id, '2026-03-01'))
    const later = juma.edit('enrollments', `${id}.HIV-001.1`, { reason: [null, 'moved back'] }, seq)
    expect(await juma.push(again, later)).toMatchObject([
      { outcome: 'applied', newId: `${id}.HIV-001.2` },
      { outcome: 'applied', newId: `${id}.HIV-001.2` },
    ])
    expect(await record('Enrollment', `${id}.HIV-001.2`)).toMatchObject({ status: 'active', reason: 'moved back', episode: 2 })
    expect(await record('Enrollment', `${id}.HIV-001.1`)).toMatchObject({ status: 'completed', reason: null })
  })
  test('E3: two open episodes make an issue', async () => {
    const { id } = await registered()
    const results = await amina.push(
      amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id)),
      amina.create('enrollments', `${id}.HIV-001.2`, { ...enrollment(id), episode: 2 }),
    )
    expect(outcomes(results)).toEqual(['applied', 'applied'])
    expect(await record('Issue', `open.${id}.HIV-001.2`)).toMatchObject({ kind: 'possible-duplicate' })
  })
  test('E3: the question of two open episodes is asked again only when one opens anew', async () => {
    const { id } = await registered()
    const second = `${id}.HIV-001.2`
    const [, made] = await amina.push(
      amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id)),
      amina.create('enrollments', second, { ...enrollment(id), episode: 2 }),
    )
    const state = async () => (await record('Issue', `open.${second}`))?.state
    await juma.push(juma.edit('issues', `open.${second}`, { state: ['open', 'resolved'] }, made?.seq ?? 0))
    await amina.push(amina.edit('enrollments', second, { reason: [null, 'referred'] }, made?.seq ?? 0))
    await amina.push(amina.edit('enrollments', `${id}.HIV-001.1`, { enrolledOn: ['2026-05-01', '2026-04-30'] }, made?.seq ?? 0))
    expect(await state()).toBe('resolved')
    expect(await count('Issue')).toBe(1)
    const end = amina.edit('enrollments', second, { status: ['active', 'lost'], endedOn: [null, '2026-05-03'] }, made?.seq ?? 0)
    const again = amina.edit('enrollments', second, { status: ['lost', 'active'], endedOn: ['2026-05-03', null] }, made?.seq ?? 0)
    expect(outcomes(await amina.push(end, again))).toEqual(['applied', 'applied'])
    expect(await state()).toBe('open')
  })
  test('P7: an enrollment of an unknown client waits for the client', async () => {
    const id = aClientId()
    expect(outcomes(await juma.push(juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id))))).toEqual(['parked'])
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await count('Enrollment')).toBe(1)
  })
})

describe('changes that wait', () => {
  const enrollment = (clientId: string, programId = 'HIV-001') => ({
    clientId,
    programId,
    episode: 1,
    status: 'active',
    enrolledOn: '2026-05-01',
  })

  test('P7: an arrival is followed on: what waited for what waited is applied too', async () => {
    const id = aClientId()
    const create = juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id))
    const end = juma.edit('enrollments', `${id}.HIV-001.1`, { status: ['active', 'completed'], endedOn: [null, '2026-05-02'] }, 0)
    expect(outcomes(await juma.push(create, end))).toEqual(['parked', 'parked'])
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await record('Enrollment', `${id}.HIV-001.1`)).toMatchObject({ status: 'completed', endedOn: '2026-05-02' })
  })
  test('P7: what waits for two records waits for the second after the first has come', async () => {
    const id = aClientId()
    await juma.push(juma.create('enrollments', `${id}.MAL-001.1`, enrollment(id, 'MAL-001')))
    await amina.push(amina.create('programs', 'MAL-001', { name: 'Malaria', category: 'malaria', active: true }))
    expect(await count('Enrollment')).toBe(0)
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await count('Enrollment')).toBe(1)
  })
  test('P7: what arrives in the same push ends the wait, and the answer says so', async () => {
    const id = aClientId()
    const results = await juma.push(
      juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id)),
      juma.create('clients', id, person(server.facilityId)),
    )
    expect(outcomes(results)).toEqual(['applied', 'applied'])
    expect(results.every(({ seq }) => seq > 0)).toBe(true)
    expect(await count('Enrollment')).toBe(1)
  })
  test('P7: what has waited for a week is shown, once, until what it waited for comes', async () => {
    const id = aClientId()
    const create = juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id))
    await juma.push(create)
    await server.records.lookAfterParked()
    expect(await count('Issue')).toBe(0)
    await server.database.write((sql) => sql.run('UPDATE "Push" SET "receivedAt" = ?', NOW - 7 * 24 * 3_600_000))
    await server.records.lookAfterParked()
    await server.records.lookAfterParked()
    const issue = await record('Issue', `parked.${create.changeId}`)
    expect(issue).toMatchObject({ kind: 'parked', state: 'open', facilityId: server.facilityId, actorId: 'juma' })
    expect(JSON.parse(String(issue?.detail))).toMatchObject({ change: create, by: { id: 'juma' } })
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await record('Issue', `parked.${create.changeId}`)).toMatchObject({ state: 'resolved' })
  })
  test('P14: giving up a rejected create rejects what waits for it, and what waits for that', async () => {
    const id = aClientId()
    const bad = amina.create('clients', id, { ...person(server.facilityId), givenName: ' Neema ' })
    const enrol = amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id))
    const end = amina.edit('enrollments', `${id}.HIV-001.1`, { status: ['active', 'completed'], endedOn: [null, '2026-05-02'] }, 0)
    expect(outcomes(await amina.push(bad, enrol, end))).toEqual(['rejected', 'parked', 'parked'])
    await juma.push(juma.edit('issues', `rejected.${bad.changeId}`, { state: ['open', 'discarded'] }, 1))
    expect(await amina.push(bad, enrol, end)).toMatchObject([
      { reason: 'invalid' },
      { outcome: 'rejected', reason: 'parent-discarded', repeated: true },
      { outcome: 'rejected', reason: 'parent-discarded', repeated: true },
    ])
    expect(await record('Issue', `rejected.${enrol.changeId}`)).toMatchObject({
      state: 'open',
      actorId: 'amina',
      reason: 'parent-discarded',
    })
  })
  test('P14: a question that is resolved rejects nothing', async () => {
    const id = aClientId()
    const bad = amina.create('clients', id, { ...person(server.facilityId), givenName: ' Neema ' })
    await amina.push(bad, amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id)))
    await amina.push(amina.edit('issues', `rejected.${bad.changeId}`, { state: ['open', 'resolved'] }, 1))
    await amina.push(amina.create('clients', id, person(server.facilityId)))
    expect(await count('Enrollment')).toBe(1)
  })
})

describe('a number that was taken', () => {
  const enrollment = (clientId: string) => ({ clientId, programId: 'HIV-001', episode: 1, status: 'active', enrolledOn: '2026-05-01' })

  test('P16: what the device wrote about it before it learned of that never reaches the other person', async () => {
    const { id } = await registered()
    const taken = juma.create('clients', id, { ...person(server.facilityId), givenName: 'Zuhura' })
    const behind = [
      juma.edit('clients', id, { phone: [null, '0700 000 009'] }, 0),
      juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id)),
      juma.edit('enrollments', `${id}.HIV-001.1`, { reason: [null, 'x'] }, 0),
    ]
    const results = [...(await juma.push(taken, behind[0] as never)), ...(await juma.push(...behind.slice(1)))]
    expect(results.map(({ reason }) => reason)).toEqual(['id-taken', 'id-taken', 'id-taken', 'id-taken'])
    expect(await record('Client', id)).toMatchObject({ givenName: 'Neema', phone: null })
    expect(await count('Enrollment')).toBe(0)
    expect(await count('Issue')).toBe(1)
  })
  test('P16: another device and another person of the same number go on', async () => {
    const { id, seq } = await registered()
    await juma.push(juma.create('clients', id, person(server.facilityId)))
    expect(outcomes(await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment(id))))).toEqual(['applied'])
    expect(outcomes(await juma.push(juma.edit('clients', id, { phone: [null, '0700 000 009'] }, seq)))).toEqual(['applied'])
  })
  test('P16: it ends when the device has said everything again and closed the question', async () => {
    const { id } = await registered()
    const taken = juma.create('clients', id, person(server.facilityId))
    await juma.push(taken, juma.edit('issues', `rejected.${taken.changeId}`, { state: ['open', 'resolved'] }, 0))
    expect(outcomes(await juma.push(juma.create('enrollments', `${id}.HIV-001.1`, enrollment(id))))).toEqual(['applied'])
  })
})

describe('questions', () => {
  async function conflict() {
    const { id, seq } = await registered()
    await amina.push(amina.edit('clients', id, { phone: [null, 'first'] }, seq))
    const late = juma.edit('clients', id, { phone: [null, 'second'] }, seq)
    const [result] = await juma.push(late)
    return { issue: `conflict.${late.changeId}`, seq: result?.seq ?? 0 }
  }

  test('P17: is closed by an edit of its state, and the second to close it changes nothing', async () => {
    const { issue, seq } = await conflict()
    const [first] = await amina.push(amina.edit('issues', issue, { state: ['open', 'resolved'] }, seq))
    const [second] = await juma.push(juma.edit('issues', issue, { state: ['open', 'discarded'] }, seq))
    expect([first?.outcome, second?.outcome]).toEqual(['applied', 'merged'])
    expect(await record('Issue', issue)).toMatchObject({ state: 'resolved' })
    expect(await count('Issue')).toBe(1)
  })
  test('P17: nothing else can be done with it', async () => {
    const { issue, seq } = await conflict()
    const remove = { ...amina.edit('issues', issue, {}, seq), op: 'delete' as const }
    const results = await amina.push(
      remove,
      amina.edit('issues', issue, { state: ['open', 'resolved'], detail: ['', '{}'] }, seq),
      amina.edit('issues', issue, {}, seq),
      amina.edit('issues', issue, { state: ['resolved', 'open'] }, seq),
    )
    expect(outcomes(results)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    expect(await record('Issue', issue)).toMatchObject({ state: 'open' })
  })
  test('P17: nobody closes one of another facility', async () => {
    const { issue, seq } = await conflict()
    const stranger = new Sender(server, 'stranger', 'device-stranger', ['elsewhere'])
    const [result] = await stranger.push(stranger.edit('issues', issue, { state: ['open', 'resolved'] }, seq))
    expect(result).toMatchObject({ outcome: 'rejected', reason: 'not-permitted' })
  })
})

describe('deletion', () => {
  const whole = (fields: Record<string, SqlValue | boolean>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value, value] as [never, never]]))

  test('M12: a delete and a restore carry the record, and that is no edit of it', async () => {
    const { id, seq } = await registered()
    const held = { ...person(server.facilityId), mergedInto: null }
    const [gone] = await amina.push({ ...amina.edit('clients', id, whole(held), seq), op: 'delete' })
    expect(gone).toMatchObject({ outcome: 'applied' })
    const [back] = await juma.push({ ...juma.edit('clients', id, whole(held), gone?.seq ?? 0), op: 'restore' })
    expect(back).toMatchObject({ outcome: 'applied' })
    expect(await record('Client', id)).toMatchObject({ givenName: 'Neema', deleted: 0 })
  })
  test('M12: a create of a deleted enrollment brings it back with the new values, also when it was closed', async () => {
    const { id } = await registered()
    const enrollment = `${id}.HIV-001.1`
    const values = { clientId: id, programId: 'HIV-001', episode: 1, status: 'active' }
    const [made] = await amina.push(amina.create('enrollments', enrollment, { ...values, enrolledOn: '2026-01-01' }))
    const end = amina.edit('enrollments', enrollment, { status: ['active', 'completed'], endedOn: [null, '2026-02-01'] }, made?.seq ?? 0)
    const [, gone] = await amina.push(end, { ...amina.edit('enrollments', enrollment, {}, made?.seq ?? 0), op: 'delete' })
    expect(gone).toMatchObject({ outcome: 'applied' })
    expect(outcomes(await juma.push(juma.create('enrollments', enrollment, { ...values, enrolledOn: '2026-03-01' })))).toEqual(['merged'])
    expect(await record('Enrollment', enrollment)).toMatchObject({ status: 'active', enrolledOn: '2026-03-01', endedOn: null, deleted: 0 })
  })
})

describe('scope and pull', () => {
  const pull = (rooms: string[], collection: 'clients' | 'enrollments', facilities = {}, limit = 1000) =>
    server.database.read
      .get<{ epoch: string }>('SELECT epoch FROM "Tail"')
      .then((tail) => server.records.pull(['*', ...rooms], { collection, checkpoint: { epoch: tail?.epoch ?? '', facilities }, limit }))

  test('S2 S4 S5: a client that moves leaves the old tablets and arrives whole at the new, with its enrollments', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const { id, seq } = await registered()
    await amina.push(
      amina.create('enrollments', `${id}.TB-001.1`, {
        clientId: id,
        programId: 'TB-001',
        episode: 1,
        status: 'active',
        enrolledOn: '2026-05-01',
      }),
    )
    const [moved] = await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, north] }, seq))
    expect((await pull([server.facilityId], 'clients')).documents).toEqual([{ id, seq: moved?.seq, _deleted: true }])
    expect((await pull([server.facilityId], 'enrollments')).documents).toEqual([{ id: `${id}.TB-001.1`, seq: moved?.seq, _deleted: true }])
    expect((await pull([north], 'clients')).documents).toMatchObject([{ id, givenName: 'Neema', _deleted: false }])
    expect((await pull([north, server.facilityId], 'clients', { [server.facilityId]: 1_000 })).documents).toMatchObject([
      { id, _deleted: false },
    ])
    expect((await pull(['nowhere'], 'clients')).documents).toEqual([])
  })
  test('P8: an edit made before the doctor learned of the move is applied', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const { id, seq } = await registered()
    await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, north] }, seq))
    expect(outcomes(await juma.push(juma.edit('clients', id, { phone: [null, '0700 000 003'] }, seq)))).toEqual(['merged'])
  })
  test('P8: an enrollment made before the doctor learned of the move is applied', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const { id, seq } = await registered()
    await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, north] }, seq))
    const late = juma.create('enrollments', `${id}.TB-001.1`, {
      clientId: id,
      programId: 'TB-001',
      episode: 1,
      status: 'active',
      enrolledOn: '2026-05-01',
    })
    expect(outcomes(await juma.push(late))).toEqual(['applied'])
    expect(await record('Enrollment', `${id}.TB-001.1`)).toMatchObject({ facilityId: north })
  })
  test('S4: a client cannot be moved to what is no facility', async () => {
    const { id, seq } = await registered()
    for (const place of ['*', 'nowhere', 'a|b']) {
      const [result] = await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, place] }, seq))
      expect(result).toMatchObject({ outcome: 'rejected', reason: 'facility-missing' })
    }
    expect((await pull([server.facilityId], 'clients')).documents).toMatchObject([{ id, _deleted: false }])
  })
  test('S4: a rejected registration is shown only where the person was to be', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const both = new Sender(server, 'amina', 'device-both', [server.facilityId, north])
    const bad = both.create('clients', aClientId(), { ...person(north), givenName: ' Secret ' })
    await both.push(bad)
    expect(await record('Issue', `rejected.${bad.changeId}`)).toMatchObject({ facilityId: north })
    const homeless = new Sender(server, 'nobody', 'device-none', [])
    const lost = homeless.create('clients', aClientId(), person(server.facilityId))
    await homeless.push(lost)
    expect(await record('Issue', `rejected.${lost.changeId}`)).toMatchObject({ facilityId: '-' })
  })
  test('P8: a client who went to another facility is not fetched back by who once had them', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const { id, seq } = await registered()
    const [moved] = await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, north] }, seq))
    const fetched = juma.edit('clients', id, { facilityId: [north, server.facilityId] }, moved?.seq ?? 0)
    expect(await juma.push(fetched)).toMatchObject([{ outcome: 'rejected', reason: 'not-permitted' }])
    expect(await record('Client', id)).toMatchObject({ facilityId: north })
  })
  test('S2: a conflict about an enrollment moves with its client', async () => {
    const north = await server.records.createFacility({ name: 'North', code: null }, { accountId: 'admin' })
    const { id, seq } = await registered()
    const enrollment = { clientId: id, programId: 'TB-001', episode: 1, status: 'active' }
    await amina.push(amina.create('enrollments', `${id}.TB-001.1`, { ...enrollment, enrolledOn: '2026-05-01' }))
    const other = juma.create('enrollments', `${id}.TB-001.1`, { ...enrollment, enrolledOn: '2026-05-02' })
    expect(outcomes(await juma.push(other))).toEqual(['conflict'])
    await amina.push(amina.edit('clients', id, { facilityId: [server.facilityId, north] }, seq))
    expect(await record('Issue', `conflict.${other.changeId}`)).toMatchObject({ facilityId: north })
  })
  test('M5: a base that the server has not reached yet hides nobody else’s change', async () => {
    const { id, seq } = await registered()
    await juma.push(juma.edit('clients', id, { givenName: ['Neema', 'Asha'] }, seq))
    const ahead = amina.edit('clients', id, { givenName: ['Neema', 'Zuhura'] }, 10 ** 12)
    const third = new Sender(server, 'amina', 'device-third', [server.facilityId])
    const change = { ...ahead, n: 1, deviceId: third.deviceId }
    expect(outcomes(await third.push(change))).toEqual(['conflict'])
    expect(await record('Client', id)).toMatchObject({ givenName: 'Asha' })
  })
  test('S3: pages never part records of one number and end with a short one', async () => {
    for (let index = 0; index < 5; index += 1) await registered()
    await server.database.write((sql) =>
      sql.run('UPDATE "Client" SET seq = (SELECT max(seq) - 1 FROM "Client") WHERE seq >= (SELECT max(seq) - 2 FROM "Client")'),
    )
    const seen: string[] = []
    let facilities = {}
    for (let page = 0; page < 10; page += 1) {
      const answer = await pull([server.facilityId], 'clients', facilities, 3)
      seen.push(...answer.documents.map(({ id }) => id))
      facilities = answer.checkpoint.facilities
      if (answer.documents.length < 3) break
    }
    expect(seen.length).toBe(5)
    expect(new Set(seen).size).toBe(5)
  })
  test('S6: the running totals equal a recount', async () => {
    const { id, seq } = await registered()
    await registered(juma)
    const [made] = await amina.push(
      amina.create('enrollments', `${id}.TB-001.1`, {
        clientId: id,
        programId: 'TB-001',
        episode: 1,
        status: 'active',
        enrolledOn: '2026-05-01',
      }),
    )
    await amina.push(
      amina.edit('enrollments', `${id}.TB-001.1`, { status: ['active', 'lost'], endedOn: [null, '2026-05-03'] }, made?.seq ?? 0),
    )
    await amina.push({ ...amina.edit('clients', id, {}, seq), op: 'delete' })
    expect(await counters()).toEqual(await recount())
  })
})

async function counters() {
  const rows = await server.database.read.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0')
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

async function recount() {
  return Object.fromEntries(await counted((name) => allRecords(server.database.read, name), 'UTC'))
}
