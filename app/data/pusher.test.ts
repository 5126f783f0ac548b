import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Change, PushResult } from '#domain/sync/change.ts'
import type { TabletOptions } from './createTablet.ts'
import { outboxSchema } from './schemas.ts'
import { openTestTablet, ScriptedServer } from './tablet.fixture.ts'
import type { Tablet } from './tablet.ts'
import type { Wiping } from './wipe.ts'

let server: ScriptedServer
let tablet: Tablet
let opened = 0
let sent: (Change & { resent?: { epoch: string; seq: number } })[]
/** How the server answers a change. */
let decide: (change: Change) => Partial<PushResult>
let lastN = 0

beforeEach(async () => {
  server = new ScriptedServer()
  opened += 1
  sent = []
  lastN = 0
  decide = () => ({})
  server.script = (event, body: { changes: Change[] }) => {
    if (event !== 'push') return null
    const results: PushResult[] = []
    for (const change of body.changes) {
      sent.push(change)
      const decided = { outcome: 'applied' as const, seq: server.head + 1, reason: null, newId: null, repeated: false, ...decide(change) }
      results.push({ n: change.n, changeId: change.changeId, ...decided })
      if (decided.outcome === 'fork' || decided.outcome === 'gap') break
      if (['applied', 'merged'].includes(decided.outcome)) write(change)
    }
    return Promise.resolve({ ok: true, results, lastN } as never)
  }
})
afterEach(async () => {
  if (opened > 1) await tablet.close()
})

function write({ collection, recordId, op, fields }: Change): void {
  const values = Object.fromEntries(Object.entries(fields).map(([field, { to }]) => [field, to]))
  if (op === 'delete') server.take(collection, recordId)
  else server.put(collection, { ...values, id: recordId })
}
async function open(options: Partial<TabletOptions> = {}): Promise<void> {
  tablet = await openTestTablet(server, `pusher-${opened}`, new Set(), options)
}
const register = (id: string, values = {}) =>
  tablet.save({
    collection: 'clients',
    recordId: id,
    op: 'create',
    values: { givenName: 'Neema', facilityId: 'north', ...values },
    seen: null,
  })
const enrol = (client: string) =>
  tablet.save({
    collection: 'enrollments',
    recordId: `${client}.TB-001.1`,
    op: 'create',
    values: { clientId: client, programId: 'TB-001', episode: 1, status: 'active', enrolledOn: '2026-01-01' },
    seen: null,
  })
const states = () => tablet.outbox().map(({ n, state }) => `${n} ${state}`)
const allSent = () => vi.waitFor(() => expect(tablet.sync().unsent).toBe(0))
const settled = () => vi.waitFor(() => expect(tablet.records('clients').every(({ state }) => state === 'sent')).toBe(true))

test('O11: the schema of the outbox is the one it has for ever', () => {
  expect(outboxSchema.version).toBe(0)
  expect(Object.keys(outboxSchema.properties)).toEqual([
    'id',
    'changeId',
    'state',
    'seq',
    'epoch',
    'reason',
    'size',
    'body',
    'sealed',
    'extra',
  ])
  expect(outboxSchema.required).toEqual(['id', 'changeId', 'state', 'seq', 'body'])
})

describe('a number that is taken', () => {
  test('O9: after a fork the tablet takes a new deviceId, keeps its numbers, and sends what is unsent', async () => {
    await open()
    const before = tablet.deviceId
    decide = ({ deviceId }) => (deviceId === before ? { outcome: 'fork', seq: 0 } : {})
    const greeted: unknown[] = []
    const script = server.script
    server.script = (event, body) => {
      if (event === 'hello') greeted.push(body)
      return script(event, body)
    }
    await register('a')
    await register('b')
    server.connect()
    await allSent()
    expect(tablet.deviceId).not.toBe(before)
    expect(sent.filter(({ deviceId }) => deviceId === tablet.deviceId).map(({ n }) => n)).toEqual([1, 2])
    expect(greeted.at(-1)).toMatchObject({ deviceId: tablet.deviceId, startsAfter: 0, lastN: 2 })
  })

  test('P2: after a gap the tablet goes back to where the server stands', async () => {
    await open()
    server.connect()
    await register('a')
    await allSent()
    await settled()
    let gaps = 0
    decide = ({ n }) => {
      if (n === 1 || gaps > 0) return {}
      gaps += 1
      return { outcome: 'gap', seq: 0 }
    }
    await register('b')
    await allSent()
    expect(sent.map(({ n }) => n)).toEqual([1, 2, 1, 2])
  })
})

describe('a client’s number that is taken', () => {
  test('O8: the client and what hangs on it are said again under a new number, and the question is closed', async () => {
    await open()
    decide = ({ recordId }) => (recordId.startsWith('OLD') ? { outcome: 'rejected', reason: 'id-taken' } : {})
    await register('OLD')
    await enrol('OLD')
    const seen = tablet.record('clients', 'OLD')?.record ?? null
    await tablet.save({ collection: 'clients', recordId: 'OLD', op: 'edit', values: { phone: '5' }, seen: seen as never })
    server.connect()
    // The last of what is said again: before it, nothing may be on its way for a moment.
    await vi.waitFor(() => expect(sent.some(({ collection }) => collection === 'issues')).toBe(true))
    await allSent()
    expect(tablet.records('enrollments').length).toBe(1)
    const fresh = tablet.records('clients')[0]?.record
    expect(fresh).toMatchObject({ givenName: 'Neema', phone: '5' })
    expect(fresh?.id).not.toBe('OLD')
    expect(tablet.records('enrollments')[0]?.record).toMatchObject({ clientId: fresh?.id, id: `${fresh?.id}.TB-001.1` })
    const create = sent.find(({ recordId, op }) => recordId === 'OLD' && op === 'create')
    expect(sent.filter(({ collection }) => collection === 'issues')).toMatchObject([
      { recordId: `rejected.${create?.changeId}`, op: 'edit', fields: { state: { from: 'open', to: 'resolved' } } },
    ])
    expect(states().filter((state) => state.endsWith('rejected'))).toEqual([])
  })
})

describe('after a restore', () => {
  test('R2 R3 R6: what the backup lacks is handed in and sent again, with the answer of before', async () => {
    await open()
    server.connect()
    await register('a')
    await allSent()
    await register('b')
    await allSent()
    await settled()
    const [first, second] = server.records.get('clients')?.values() ?? []
    // The backup holds the first only, and the numbers begin again from there.
    server.take('clients', 'b')
    Object.assign(server, { epoch: 'e2', head: first?.seq, welcome: { epochSeq: first?.seq } })
    const handedIn: { epoch: string; records: { id: string }[] }[] = []
    const script = server.script
    server.script = (event, body) => {
      if (event === 'recover') handedIn.push(body)
      return script(event, body)
    }
    sent = []
    server.connect()
    await vi.waitFor(() => expect(sent.length).toBe(1))
    await allSent()
    expect(sent[0]).toMatchObject({ recordId: 'b', resent: { epoch: 'e1', seq: second?.seq } })
    expect(handedIn).toMatchObject([{ epoch: 'e1', records: [{ id: 'b', givenName: 'Neema' }] }])
    await vi.waitFor(() => expect(tablet.sync().restoring).toBe(false))
    expect(
      tablet
        .records('clients')
        .map(({ record }) => record.id)
        .sort(),
    ).toEqual(['a', 'b'])
  })

  test('R6: what is not on the restored server leaves the mirror, and nothing is missing meanwhile', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    server.put('clients', { id: 'b', phone: '1' })
    await open()
    server.connect()
    await vi.waitFor(() => expect(tablet.records('clients').length).toBe(2))
    await vi.waitFor(() => expect(tablet.sync().firstSync).toBe('done'))
    server.take('clients', 'b')
    Object.assign(server, { epoch: 'e2', head: 102, welcome: { epochSeq: 101 } })
    let during = 0
    server.beforePage = () => {
      during ||= tablet.records('clients').length
    }
    server.connect()
    await vi.waitFor(() => expect(tablet.records('clients').map(({ record }) => record.id)).toEqual(['a']))
    expect(during).toBe(2)
  })
})

describe('what need not stay', () => {
  test('O10: what is in a verified backup is forgotten, and the newest number stays', async () => {
    await open()
    server.connect()
    for (const id of ['a', 'b', 'c']) await register(id)
    await allSent()
    await settled()
    server.welcome = { backedUpSeq: server.head + 10 }
    server.connect()
    await vi.waitFor(() => expect(tablet.outbox().length).toBe(0))
    await register('d')
    expect(states()[0]).toMatch(/^4 /)
  })

  test('S10: when a record leaves, what was answered about it goes too, and what is unsent stays', async () => {
    await open()
    server.connect()
    await register('a')
    await register('b')
    await allSent()
    await settled()
    server.disconnect()
    const seen = tablet.record('clients', 'a')?.record as never
    await tablet.save({ collection: 'clients', recordId: 'a', op: 'edit', values: { phone: '7' }, seen })
    server.take('clients', 'a')
    const gone = { id: 'a', seq: server.head, _deleted: true }
    const script = server.script
    let told = false
    server.script = (event, body) => {
      if (event === 'push') return new Promise(() => undefined)
      if (event !== 'pull' || (body as { collection: string }).collection !== 'clients' || told) return script(event, body)
      told = true
      return Promise.resolve({ ok: true, documents: [gone], checkpoint: { epoch: 'e1', facilities: { north: server.head } } } as never)
    }
    server.connect()
    await vi.waitFor(() => expect(tablet.outbox().map(({ n, recordId }) => `${n} ${recordId}`)).toEqual(['3 a', '2 b']))
    expect(states()[0]).toBe('3 unsent')
  })
})

describe('a revoked device', () => {
  test('W1: hands in what is unsent, and only then is everything gone', async () => {
    let marker: Wiping | null = null
    const handedIn: Change[] = []
    server.welcome = { verdict: 'wipe' }
    const script = server.script
    server.script = (event, body) => {
      if (event === 'quarantine') handedIn.push(...(body as { changes: Change[] }).changes)
      if (event === 'wiped') handedIn.push({ recordId: 'wiped' } as Change)
      return script(event, body)
    }
    await open({
      wiping: {
        read: () => marker,
        write: (next) => {
          marker = next
        },
      },
    })
    await register('a')
    server.connect()
    // Twice: once more when no tab can save any more.
    await vi.waitFor(() => expect(handedIn.map(({ recordId }) => recordId)).toEqual(['a', 'a', 'wiped']))
    expect(tablet.sync().wiped).toBe(true)
    expect(tablet.records('clients')).toEqual([])
    expect(sent).toEqual([])
  })

  test('W2: a wipe that was interrupted goes on at the next start and is confirmed', async () => {
    await open()
    await register('a')
    await tablet.close()
    let marker: Wiping | null = { deviceId: 'device-1', credential: 'secret' }
    const told: unknown[] = []
    server.script = (event, body) => {
      told.push([event, body])
      return null
    }
    const wiping = {
      read: () => marker,
      write: (next: Wiping | null) => {
        marker = next
      },
    }
    await open({ wiping })
    expect(tablet.records('clients')).toEqual([])
    server.connect()
    await vi.waitFor(() => expect(told).toEqual([['wiped', { deviceId: 'device-1' }]]))
    await vi.waitFor(() => expect(marker).toBeNull())
    await tablet.close()
    await open({ wiping })
    expect(tablet.outbox()).toEqual([])
  })
})

test('S14: a refused change whose question is asked elsewhere is looked for once, and then goes', async () => {
  await open()
  server.connect()
  await vi.waitFor(() => expect(tablet.sync().firstSync).toBe('done'))
  decide = () => {
    // The server says it to the other facility only: this tablet hears no message.
    server.head += 1
    return { outcome: 'rejected', seq: server.head, reason: 'not-permitted' }
  }
  await register('gone')
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  await vi.waitFor(() => expect(tablet.outbox()).toEqual([]))
})
