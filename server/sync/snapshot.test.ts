import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { type AnyRecord, collections, EVERYWHERE, fieldsOf } from '#domain/collections.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { DEVICE_HEADER, PROTOCOL, RECENT_RECORDS, SNAPSHOT_PATH, SNAPSHOT_RECORDS, snapshotHead } from '#domain/sync/protocol.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { rebuildManifest } from '#server/database/manifestCells.ts'
import { toAnyRecord, writeRecord } from '#server/database/records.ts'
import { pages } from '#server/http/pages.ts'
import { USUAL_LIMITS } from '#server/limits.ts'
import type { Services } from '#server/services.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'
import { Busy } from './admission.ts'

const COUNT = SNAPSHOT_RECORDS + 300
let server: SimulatedServer
let home: string
let stored: AnyRecord[]
const random = new Seeded(13)

beforeEach(async () => {
  server = await startServer(Date.now)
  home = server.facilityId
  stored = await server.database.write(async (sql) => {
    const first = await takeNumbers(sql, COUNT, [])
    const header = { createdAt: 5, createdBy: 'a', updatedAt: 5, updatedBy: 'a', deleted: false }
    const clients = Array.from({ length: COUNT }, (_, index) => ({
      ...header,
      id: clientNumber(random.bytes(12)),
      seq: first + index,
      fields: fieldsOf(collections.clients, {
        ...collections.clients.absent,
        givenName: 'Neema "Nee"',
        notes: 'two\nlines',
        sex: 'female',
        bornOnEstimated: false,
        shareWithPartners: true,
        facilityId: home,
      }),
    }))
    for (const client of clients) await writeRecord(sql, collections.clients, client)
    await rebuildManifest(sql)
    return clients.map(toAnyRecord)
  })
})
afterEach(() => server.close())

const rooms = () => [EVERYWHERE, home]
const page = (after: string, recent = false) => server.records.snapshot(rooms(), { collection: 'clients', room: home, after, recent })

describe('pages of the first sync', () => {
  test('F1: hold every record once by id, whole, with the number to pull from and how many there are', async () => {
    const first = await page('')
    const { epoch, seq } = await server.records.head()
    expect(first).toMatchObject({ epoch, seq, total: COUNT })
    expect(first.records).toHaveLength(SNAPSHOT_RECORDS)
    const second = await page(first.records.at(-1)?.id ?? '')
    expect(second.records).toHaveLength(300)
    expect([...first.records, ...second.records]).toEqual([...stored].sort((a, b) => (a.id < b.id ? -1 : 1)))
  })
  test('F1: those that were changed last come ahead of them, newest first', async () => {
    const { records } = await page('', true)
    expect(records).toEqual(stored.slice(-RECENT_RECORDS).reverse())
  })
  test('F2: a record that is changed between two pages keeps its place, and the pull from the first number brings it', async () => {
    const first = await page('')
    const changed = first.records[10] as AnyRecord
    const amina = new Sender(server, 'amina', 'device-amina', [home])
    await amina.push(amina.edit('clients', changed.id, { phone: [null, '0700'] }, changed.seq))
    const second = await page(first.records.at(-1)?.id ?? '')
    expect(first.records.length + second.records.length).toBe(COUNT)
    const checkpoint = { epoch: first.epoch, facilities: { [home]: first.seq } }
    const { documents } = await server.records.pull(rooms(), { collection: 'clients', checkpoint, limit: 10 })
    expect(documents).toMatchObject([{ id: changed.id, phone: '0700' }])
  })
  test('F1: what was deleted is in no page', async () => {
    const amina = new Sender(server, 'amina', 'device-amina', [home])
    const gone = stored[0] as AnyRecord
    await amina.push({ ...amina.edit('clients', gone.id, {}, gone.seq), op: 'delete' })
    const { records, total } = await page(`${gone.id.slice(0, -1)}`)
    expect(records.map(({ id }) => id)).not.toContain(gone.id)
    expect(total).toBe(COUNT - 1)
  })
  test('S4: a facility of others is refused', async () => {
    const request = { collection: 'clients', room: 'north', after: '', recent: false } as const
    await expect(server.records.snapshot(rooms(), request)).rejects.toMatchObject({ problem: { code: 'not-permitted' } })
  })
})

describe('over HTTP', () => {
  let http: Server
  let account: SignedInAccount | null

  /** What the tablet shows beside the cookie. */
  let shown: string

  beforeEach(async () => {
    account = { id: 'amina', name: 'Amina', email: 'a@example.org', roles: ['doctor'], facilities: [home] }
    const app = express()
    const services = { records: server.records } as unknown as Services
    const config = { origin: 'http://127.0.0.1', timeZone: 'UTC', limits: USUAL_LIMITS }
    const report = (error: unknown) => {
      throw error
    }
    const said = {
      protocol: PROTOCOL,
      app: 'test',
      schema: SCHEMA_VERSION,
      deviceId: 'device-page',
      epoch: null,
      lastN: 0,
      startsAfter: 0,
      time: 1,
    }
    const greeted = await server.records.welcome({ account, shown: null }, { ...said, unsent: [], witness: null, cursor: 0, repairs: 0 })
    shown = `device-page.${greeted.credential}`
    app.use(pages({ config, services, accountOf: async () => account, report }))
    http = createServer(app)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => http.close(resolve)))

  const get = (query: Record<string, string>) => {
    const { port } = http.address() as AddressInfo
    return fetch(`http://127.0.0.1:${port}${SNAPSHOT_PATH}?${new URLSearchParams(query)}`, { headers: { [DEVICE_HEADER]: shown } })
  }
  const clients = () => ({ collection: 'clients', room: home })

  test('F1: a page travels compressed, as lines, and is kept by nobody', async () => {
    const answer = await get(clients())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson')
    expect(answer.headers.get('Content-Encoding')).toBe('gzip')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    const [head = '', ...lines] = (await answer.text()).trimEnd().split('\n')
    expect(snapshotHead.parse(JSON.parse(head)).total).toBe(COUNT)
    expect(lines.map((line) => JSON.parse(line))).toEqual((await page('')).records)
  })
  test('S4: needs a session, a doctor, a facility of theirs, and a question that makes sense', async () => {
    const status = async (query: Record<string, string>) => (await get(query)).status
    expect(await status({ collection: 'clients', room: 'north' })).toBe(403)
    expect(await status({ collection: 'people', room: home })).toBe(400)
    expect(await status({ collection: 'programs', room: EVERYWHERE })).toBe(200)
    if (account) account.roles = ['admin']
    expect(await status(clients())).toBe(403)
    account = null
    expect(await status(clients())).toBe(401)
  })
  test('W1: needs a device that has greeted, and that was not revoked', async () => {
    expect((await get(clients())).status).toBe(200)
    const good = shown
    for (const other of ['', 'device-page', 'device-page.', 'device-page.guessed', 'device-other.x']) {
      shown = other
      expect((await get(clients())).status).toBe(403)
    }
    shown = good
    await server.database.write((sql) => sql.run(`UPDATE "Device" SET "revokedAt" = 1 WHERE id = 'device-page'`))
    expect((await get(clients())).status).toBe(403)
  })
  test('L4: a server that has too much to do says when to come again', async () => {
    server.records.admission.read = () => Promise.reject(new Busy(7_400))
    const answer = await get(clients())
    expect([answer.status, answer.headers.get('Retry-After'), await answer.json()]).toEqual([503, '8', { status: 503, code: 'busy' }])
  })
})
