import { afterEach, beforeEach, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import { collections, EVERYWHERE } from '#domain/collections.ts'
import type { HistoryRequest } from '#domain/sync/asking.ts'
import { foldHistory, type HistoryRow } from '#domain/sync/history.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'
import { HISTORY_ROWS } from './history.ts'

let server: SimulatedServer
let home: string
let amina: Sender
let juma: Sender
const random = new Seeded(11)

beforeEach(async () => {
  server = await startServer(() => Date.UTC(2026, 4, 4))
  home = server.facilityId
  amina = new Sender(server, 'amina', 'device-amina', [home])
  juma = new Sender(server, 'juma', 'device-juma', [home])
  for (const id of ['amina', 'juma'])
    await server.database.writePrisma((prisma) =>
      prisma.account.create({ data: { id, email: `${id}@example.org`, name: `Dr ${id}`, passwordHash: '', roles: 'doctor' } }),
    )
})
afterEach(() => server.close())

const person = { givenName: 'Neema', sex: 'female', bornOnEstimated: false }
async function registered(): Promise<{ id: string; seq: number }> {
  const id = clientNumber(random.bytes(12))
  const [made] = await amina.push(amina.create('clients', id, { ...person, facilityId: home }))
  return { id, seq: made?.seq ?? 0 }
}
const ask = (request: Partial<HistoryRequest> & { recordId: string }, rooms = [EVERYWHERE, home]) =>
  server.records.history(rooms, { collection: 'clients', before: null, ...request })

/** Every page, newest first. */
async function whole(recordId: string): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = []
  for (let before: number | null = null; ; ) {
    const page = await ask({ recordId, before })
    rows.push(...page.rows)
    if (!page.more) return rows
    before = page.rows.at(-1)?.seq ?? 0
  }
}

test('L2: folding all the rows of a record gives its fields, whatever conflicts there were', async () => {
  const { id, seq } = await registered()
  let seen = seq
  for (let edit = 0; edit < 60; edit += 1) {
    const by = random.pick([amina, juma])
    const field = random.pick(['phone', 'address', 'givenName', 'notes'])
    const [result] = await by.push(by.edit('clients', id, { [field]: [null, `${field} ${edit}`] }, random.chance(0.5) ? seen : seq))
    seen = result?.seq ?? seen
  }
  await amina.push({ ...amina.edit('clients', id, {}, seen), op: 'delete' })
  await amina.push({ ...amina.edit('clients', id, {}, seen + 1), op: 'restore' })
  const rows = (await whole(id)).filter(({ recordId }) => recordId === id)
  expect(new Set(rows.map(({ outcome }) => outcome)).size).toBeGreaterThan(2)
  const { deleted, ...fields } = foldHistory(rows.reverse())
  const { documents } = await server.records.pull([EVERYWHERE, home], { collection: 'clients', checkpoint: null, limit: 10 })
  expect(deleted).toBe(false)
  expect(documents[0]).toMatchObject({ ...collections.clients.absent, ...fields })
  expect(Object.keys(fields).length).toBeGreaterThan(6)
})

test('L2: says who, on which device, when, and the old and the new value; of a client the enrollments too', async () => {
  const { id, seq } = await registered()
  await amina.push(amina.create('programs', 'HIV-001', { name: 'HIV', category: 'hiv', active: true }))
  const enrollment = { clientId: id, programId: 'HIV-001', episode: 1, status: 'active', enrolledOn: '2026-05-01' }
  await amina.push(amina.create('enrollments', `${id}.HIV-001.1`, enrollment))
  const [edited] = await juma.push(juma.edit('clients', id, { phone: [null, '0700'] }, seq))
  const { rows, people, more } = await ask({ recordId: id })
  expect(rows[0]).toEqual({
    changeId: edited?.changeId,
    collection: 'clients',
    recordId: id,
    op: 'edit',
    field: 'phone',
    from: null,
    old: null,
    to: '0700',
    outcome: 'taken',
    actorId: 'juma',
    deviceId: 'device-juma',
    deviceTime: 1,
    at: Date.UTC(2026, 4, 4),
    seq: edited?.seq,
  })
  expect(rows.filter(({ collection }) => collection === 'enrollments').map(({ field }) => field)).toContain('enrolledOn')
  expect(people).toEqual({ amina: 'Dr amina', juma: 'Dr juma' })
  expect(more).toBe(false)
})

test('L2: comes in pages that never part what one change did', async () => {
  const { id } = await registered()
  const edits = Array.from({ length: HISTORY_ROWS }, (_, index) =>
    amina.edit('clients', id, { phone: [null, `${index}`], notes: [null, `note ${index}`] }, 1_000_000),
  )
  for (let start = 0; start < edits.length; start += 50) await amina.push(...edits.slice(start, start + 50))
  const first = await ask({ recordId: id })
  expect(first.more).toBe(true)
  expect(first.rows.length).toBeLessThanOrEqual(HISTORY_ROWS)
  expect(first.rows.length % 2).toBe(0)
  const rows = await whole(id)
  const stored = await server.database.read.get<{ n: number }>('SELECT count(*) AS n FROM "Change" WHERE "recordId" = ?', id)
  expect(new Set(rows.map(({ changeId, field }) => `${changeId} ${field}`)).size).toBe(stored?.n)
  expect(rows.length).toBe(stored?.n)
})

test('S4: the history of a record of others is not found, like one that is not there', async () => {
  const { id } = await registered()
  await expect(ask({ recordId: id }, [EVERYWHERE, 'north'])).rejects.toMatchObject({ problem: { code: 'not-found' } })
  await expect(ask({ recordId: 'nobody' })).rejects.toMatchObject({ problem: { code: 'not-found' } })
})
