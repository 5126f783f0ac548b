import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cellOf } from '#domain/sync/manifest.ts'
import { SNAPSHOT_RECORDS } from '#domain/sync/protocol.ts'
import { openDatabases } from './databases.ts'
import { openTestTablet, ScriptedServer, testStorage } from './tablet.fixture.ts'
import type { FirstSync, Tablet } from './tablet.ts'

let server: ScriptedServer
let tablet: Tablet
let opened = 0

beforeEach(async () => {
  server = new ScriptedServer()
  opened += 1
})
afterEach(() => tablet.close())

async function open(): Promise<void> {
  tablet = await openTestTablet(server, `receiver-${opened}`, new Set(), { now: () => 1_000_000 })
  server.connect()
}
const atRest = () => vi.waitFor(() => expect(tablet.sync().firstSync).toBe('done'))
const phone = (id: string) => tablet.record('clients', id)?.record.phone
const pulls = () => server.asked.filter((event) => event === 'pull').length
const alive = (record: object) => ({ ...record, _deleted: false }) as never

/** A disk that takes only so many writes of clients, and of how far they are, from a moment on. */
function breakable() {
  let left = Number.POSITIVE_INFINITY
  const storage: typeof testStorage = {
    ...testStorage,
    async createStorageInstance(params) {
      const instance = await testStorage.createStorageInstance(params)
      const write = instance.bulkWrite.bind(instance)
      instance.bulkWrite = async (rows, context) => {
        const isOfClients = params.collectionName === 'clients' || rows.some(({ document }) => Reflect.get(document, 'id') === 'clients')
        if (isOfClients) left -= 1
        if (isOfClients && left < 0) throw new Error('cut off')
        return write(rows, context)
      }
      return instance
    },
  }
  return { storage, allow: (writes: number) => (left = writes), isBroken: () => left < 0 }
}

describe('live messages', () => {
  test('S7: one that follows what is here is taken without asking again', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    const before = pulls()
    const head = server.head
    const record = server.put('clients', { id: 'a', phone: '2' })
    server.say({ prev: head, seq: record.seq, records: [alive(record)] })
    await vi.waitFor(() => expect(phone('a')).toBe('2'))
    expect(pulls()).toBe(before)
  })

  test('S7: one that leaves a gap makes the device pull what it missed', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    const missed = server.put('clients', { id: 'b', phone: '5' })
    const record = server.put('clients', { id: 'a', phone: '2' })
    server.say({ prev: missed.seq, seq: record.seq, records: [alive(record)] })
    await vi.waitFor(() => expect([phone('a'), phone('b')]).toEqual(['2', '5']))
  })

  test('S7 S8: one at or below the cursor is dropped, so that nothing goes back', async () => {
    const old = structuredClone(server.put('clients', { id: 'a', phone: '1' }))
    server.put('clients', { id: 'a', phone: '2' })
    await open()
    await atRest()
    server.say({ prev: old.seq - 1, seq: old.seq, records: [alive(old)] })
    const next = server.put('clients', { id: 'b', phone: '9' })
    server.say({ prev: next.seq - 1, seq: next.seq, records: [alive(next)] })
    await vi.waitFor(() => expect(phone('b')).toBe('9'))
    expect(phone('a')).toBe('2')
  })

  test('S8: an older version inside a newer message changes nothing', async () => {
    const old = structuredClone(server.put('clients', { id: 'a', phone: '1' }))
    server.put('clients', { id: 'a', phone: '2' })
    await open()
    await atRest()
    server.say({ prev: server.head, seq: server.head + 1, records: [alive(old)] })
    const next = server.put('clients', { id: 'b', phone: '9' })
    server.say({ prev: server.head, seq: server.head + 1, records: [alive(next)] })
    await vi.waitFor(() => expect(phone('b')).toBe('9'))
    expect(phone('a')).toBe('2')
  })

  test('S7: what comes while a pull runs is covered by one pull after it', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    let answerNow: () => void = () => undefined
    let held = 0
    server.script = (event, { collection }: { collection: string }) => {
      if (event !== 'pull' || collection !== 'clients' || held > 0) return null
      held += 1
      return new Promise((resolve) => {
        answerNow = () => resolve({ ok: true, documents: [], checkpoint: { epoch: 'e1', facilities: { north: 101 } } } as never)
      })
    }
    await open()
    await vi.waitFor(() => expect(held).toBe(1))
    const record = server.put('clients', { id: 'a', phone: '2' })
    server.say({ prev: record.seq - 1, seq: record.seq, records: [alive(record)] })
    answerNow()
    await vi.waitFor(() => expect(phone('a')).toBe('2'))
    await atRest()
  })

  test('S9: a message without records makes the device pull', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    server.put('clients', { id: 'a', phone: '2' })
    server.say({ prev: server.head - 1, seq: server.head, records: null })
    await vi.waitFor(() => expect(phone('a')).toBe('2'))
  })
})

describe('first sync', () => {
  const many = SNAPSHOT_RECORDS + 10
  beforeEach(() => {
    for (let count = 0; count < many; count += 1) server.put('clients', { id: `c${String(count).padStart(5, '0')}`, phone: '1' })
  })

  test('F1: those changed last come ahead of the pages', async () => {
    let atFirstPage = 0
    server.beforePage = ({ collection, recent }) => {
      if (collection === 'clients' && !recent) atFirstPage ||= tablet.records('clients').length
    }
    await open()
    await atRest()
    expect(atFirstPage).toBe(2)
    expect(tablet.records('clients').length).toBe(many)
  })

  test('F1: a first sync that was killed goes on after the last page that is here', async () => {
    server.beforePage = ({ collection, after }) => {
      if (collection === 'clients' && after) throw new Error('the network is gone')
    }
    await open()
    await vi.waitFor(() => expect(tablet.records('clients').length).toBeGreaterThanOrEqual(SNAPSHOT_RECORDS))
    // The records are shown before the progress is noted.
    await vi.waitFor(() => expect(tablet.sync().firstSync).toMatchObject({ received: SNAPSHOT_RECORDS, total: many }))
    await tablet.close()
    server.beforePage = () => undefined
    server.asked.length = 0
    await open()
    await atRest()
    expect(tablet.records('clients').length).toBe(many)
    expect(server.asked.filter((asked) => asked.startsWith('page clients'))).toEqual([`page clients c0${SNAPSHOT_RECORDS - 1}`])
  })

  test('F2: an edit on the server while the pages arrive, and one of a record that came with them, arrive', async () => {
    server.beforePage = ({ collection, after }) => {
      if (collection === 'clients' && after === '') server.put('clients', { id: 'c00000', phone: '2' })
    }
    await open()
    await atRest()
    expect(phone('c00000')).toBe('2')
    const record = server.put('clients', { id: 'c00001', phone: '3' })
    server.say({ prev: record.seq - 1, seq: record.seq, records: [alive(record)] })
    await vi.waitFor(() => expect(phone('c00001')).toBe('3'))
  })
})

describe('what is said of the first sync', () => {
  const held = (work: () => void) => new Promise<void>((resolve) => setTimeout(() => resolve(work()), 20))

  test('F4: a mirror that was lost is received anew in sight, although this device has received before', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    const received = tablet.sync().lastReceivedAt
    await tablet.close()
    await loseMirror(`receiver-${opened}`)
    server.beforePage = () => new Promise(() => undefined)
    await open()
    expect(tablet.sync()).toMatchObject({ firstSync: 'waiting', lastReceivedAt: received })
    await held(() => expect(tablet.sync().firstSync).not.toBe('done'))
  })

  test('F4: a facility that was given arrives in sight, and so does one that is given while the app is closed', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    for (const id of ['b', 'c', 'd']) server.put('clients', { id, facilityId: 'south' })
    server.rooms = ['*', 'north', 'south']
    let letGo: () => void = () => undefined
    server.beforePage = ({ room, recent }) =>
      room === 'south' && !recent
        ? new Promise((resolve) => {
            letGo = resolve
          })
        : undefined
    server.connect()
    await vi.waitFor(() => expect(tablet.sync().firstSync).toMatchObject({ arriving: ['clients'] }))
    await tablet.close()
    await open()
    expect(tablet.sync().firstSync).toMatchObject({ received: 1, total: 4, arriving: ['clients'] })
    server.beforePage = () => undefined
    letGo()
    await atRest()
    expect(tablet.records('clients').length).toBe(4)
  })

  test('F4: a mirror that is rebuilt in place after a restore stays whole meanwhile', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    server.epoch = 'e2'
    server.beforePage = () => new Promise(() => undefined)
    server.connect()
    await vi.waitFor(() => expect(tablet.sync().restoring).toBe(true))
    await tablet.close()
    await open()
    expect(tablet.sync().firstSync).toBe('done')
  })

  test('F5: received and total never go back, over all collections and facilities, and it says what is arriving', async () => {
    server.rooms = ['*', 'north', 'south']
    for (let count = 0; count < 12; count += 1) {
      server.put('clients', { id: `n${count}` })
      server.put('clients', { id: `s${count}`, facilityId: 'south' })
      server.put('enrollments', { id: `n${count}.HIV.1` })
      server.put('programs', { id: `P${count}`, facilityId: null })
    }
    const said: FirstSync[] = []
    server.beforePage = () => held(() => undefined)
    tablet = await openTestTablet(server, `receiver-${opened}`)
    tablet.subscribe(() => {
      const { firstSync } = tablet.sync()
      if (typeof firstSync === 'object') said.push(firstSync)
    })
    server.connect()
    await atRest()
    const pairs = said.slice(1).map((later, index) => [said[index], later] as const)
    for (const [before, later] of pairs) {
      expect(later.received).toBeGreaterThanOrEqual(before?.received ?? 0)
      if (before?.total !== null) expect(later.total).toBeGreaterThanOrEqual(before?.total ?? 0)
    }
    expect(said.findLast(({ total }) => total !== null)?.total).toBe(48)
    expect(said.some(({ arriving }) => arriving.includes('clients') && arriving.includes('enrollments'))).toBe(true)
    expect(said.at(-1)?.arriving.length).toBeLessThan(said[0]?.arriving.length ?? 0)
  })
})

/** As when space is short and another account takes what can be received again, or a new version begins a new mirror. */
async function loseMirror(name: string): Promise<void> {
  const databases = await openDatabases({ storage: testStorage, name, multiInstance: false })
  await databases.mirror.remove()
  await databases.outbox.close()
}

describe('scope', () => {
  test('S11: a facility that was taken away leaves the tablet, and one that was given arrives', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    server.put('clients', { id: 'b', phone: '2', facilityId: 'south' })
    await open()
    await atRest()
    expect(tablet.records('clients').map(({ record }) => record.id)).toEqual(['a'])
    server.rooms = ['*', 'south']
    server.connect()
    await vi.waitFor(() => expect(tablet.records('clients').map(({ record }) => record.id)).toEqual(['b']))
  })

  test('S11 C2: cut off while a facility leaves, and given it back, nothing is missing and nobody stays who was removed meanwhile', async () => {
    for (const id of ['a', 'b']) server.put('clients', { id, phone: '1' })
    const disk = breakable()
    const name = `leaving-${opened}`
    tablet = await openTestTablet(server, name, new Set(), { databases: { storage: disk.storage, name, multiInstance: false } })
    server.connect()
    await atRest()
    disk.allow(1)
    server.rooms = ['*']
    server.connect()
    await vi.waitFor(() => expect(disk.isBroken()).toBe(true))
    await tablet.close()
    server.take('clients', 'b')
    server.rooms = ['*', 'north']
    tablet = await openTestTablet(server, name)
    server.asked.length = 0
    server.connect()
    await vi.waitFor(() => expect(server.asked).toContain('manifest'))
    await vi.waitFor(() => expect(tablet.records('clients')).toHaveLength(1))
    expect(tablet.records('clients').map(({ record }) => record.id)).toEqual(['a'])
    expect(server.asked.filter((event) => event === 'repair')).toEqual([])
  })
})

describe('the manifest check', () => {
  test('C2: a record that is missing, one that is older and one that should not be here are mended and counted', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    server.put('clients', { id: 'b', phone: '1' })
    await open()
    await atRest()
    // Behind the device's back, as after a failure that nobody saw: numbers the tablet believes it has.
    server.put('clients', { id: 'a', phone: '2' })
    server.take('clients', 'b')
    const lost = server.put('clients', { id: 'c', phone: '3' })
    server.say({ prev: lost.seq - 3, seq: lost.seq, records: [] })
    server.connect()
    await vi.waitFor(() => expect([phone('a'), phone('b'), phone('c')]).toEqual(['2', undefined, '3']))
    await vi.waitFor(() => expect(tablet.sync().repairs).toBe(3))
  })

  test('C2: also when more is missing than one answer may hold', async () => {
    await open()
    await atRest()
    const before = server.head
    for (let index = 0; index < 5_100; index += 1) server.put('clients', { id: `c${index}`, phone: '1' })
    server.say({ prev: before, seq: server.head, records: [] })
    const cells: number[] = []
    server.script = (event, body: { cells: number[] }) => {
      if (event === 'repair') cells.push(body.cells.length)
      return null
    }
    server.connect()
    await vi.waitFor(() => expect(tablet.sync().repairs).toBe(5_100), { timeout: 20_000 })
    expect(tablet.records('clients').length).toBe(5_100)
    expect(cells).toHaveLength(2)
  })

  test('C3: a tablet that is behind pulls, and repairs nothing', async () => {
    server.put('clients', { id: 'a', phone: '1' })
    await open()
    await atRest()
    server.put('clients', { id: 'a', phone: '2' })
    server.connect()
    await vi.waitFor(() => expect(phone('a')).toBe('2'))
    await atRest()
    expect([tablet.sync().repairs, server.asked.filter((asked) => asked === 'repair').length]).toEqual([0, 0])
  })
})

test('C3: what moves while a cell is asked for is pulled, and is no repair', async () => {
  const twins = ['a', ...Array.from({ length: 10_000 }, (_, index) => `t${index}`)].filter((id) => cellOf(id) === cellOf('a'))
  const [lostId = '', movedId = ''] = twins
  await open()
  await atRest()
  const lost = server.put('clients', { id: lostId, phone: '1' })
  server.say({ prev: lost.seq - 1, seq: lost.seq, records: [] })
  server.script = (event) => {
    if (event === 'repair') server.put('clients', { id: movedId, phone: '2' })
    return null
  }
  server.connect()
  await vi.waitFor(() => expect([phone(lostId), phone(movedId)]).toEqual(['1', '2']))
  await vi.waitFor(() => expect(tablet.sync().repairs).toBe(1))
})

test('C2: an answer that is older than what came meanwhile brings back nobody who was removed since', async () => {
  await open()
  await atRest()
  const lost = server.put('clients', { id: 'a', phone: '1' })
  server.say({ prev: lost.seq - 1, seq: lost.seq, records: [] })
  server.script = (event) => {
    if (event !== 'repair') return null
    const answer = { ok: true as const, epoch: server.epoch, head: server.head, records: [structuredClone(lost)] }
    // Removed before the answer arrives: the device hears of it first.
    server.take('clients', 'a')
    server.say({ prev: lost.seq, seq: server.head, records: [{ id: 'a', seq: server.head, _deleted: true } as never] })
    server.script = () => null
    return new Promise((resolve) => setTimeout(() => resolve(answer), 100))
  }
  server.connect()
  await vi.waitFor(() => expect(server.asked.filter((event) => event === 'repair')).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect([phone('a'), tablet.sync().repairs]).toEqual([undefined, 0])
})

test('L3: a tablet learns how far its clock is off, and sends all the same', async () => {
  server.welcome = { time: 1_000_000 + 3 * 3_600_000 }
  await open()
  await vi.waitFor(() => expect(tablet.sync()).toMatchObject({ connection: 'online', clockOffset: -3 * 3_600_000 }))
})

test('P12: an app that is too old sends, and receives nothing until it is a newer one', async () => {
  server.put('clients', { id: 'a', phone: '1' })
  server.welcome = { verdict: 'upgrade' }
  server.script = (event) => (event === 'push' ? new Promise(() => undefined) : null)
  await open()
  await tablet.save({ collection: 'clients', recordId: 'b', op: 'create', values: { facilityId: 'north' }, seen: null })
  await vi.waitFor(() => expect(server.asked).toContain('push'))
  expect(tablet.sync().problem).toBe('upgrade')
  expect(server.asked.filter((asked) => asked !== 'hello' && asked !== 'push')).toEqual([])
})
