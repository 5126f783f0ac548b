import { expect, test, vi } from 'vitest'
import { PUSH_BYTES, type RecoverRequest } from '#domain/sync/protocol.ts'
import { openDatabases } from './databases.ts'
import { RecordMemory } from './memory.ts'
import { Notes } from './notes.ts'
import { Outbox } from './outbox.ts'
import { freshProgress, type ProgressOf } from './progress.ts'
import { type RestoreOptions, takeNewEpoch } from './restore.ts'
import { openTestTablet, ScriptedServer, testStorage } from './tablet.fixture.ts'

type Stored = Notes<ProgressOf & Record<string, object>>

/** A tablet of epoch 'e1' with these clients, and a server that was restored to the time before them: 'e2'. */
async function restored(name: string, clients: readonly { id: string; notes: string }[]) {
  const databases = await openDatabases({ storage: testStorage, name, multiInstance: false })
  const progress: Stored = await Notes.open(databases.mirror.progress, freshProgress() as ProgressOf & Record<string, object>)
  const memory = new RecordMemory()
  for (const collection of ['programs', 'clients', 'enrollments'] as const) await progress.write(collection, { epoch: 'e1' })
  clients.forEach(
    (client, index) => void memory.putMirror('clients', client.id, { ...client, facilityId: 'north', seq: 10 + index } as never),
  )
  const server = new ScriptedServer()
  const asked: RecoverRequest[] = []
  let running = 'e2'
  server.script = (event, body) => {
    if (event !== 'recover') return null
    asked.push(body)
    const isRunning = (body as RecoverRequest).epoch === running
    return Promise.resolve(isRunning ? { ok: false, problem: 'invalid' } : { ok: true })
  }
  const outbox = await Outbox.open(databases.outbox.outbox)
  const options = { memory, outbox, transport: server, progress: progress as unknown as Notes<ProgressOf>, without: new Set<never>() }
  const take = (more: Partial<RestoreOptions> = {}, epoch = 'e2') => {
    running = epoch
    return takeNewEpoch({ ...options, ...more }, { epoch, epochSeq: 5 } as never)
  }
  return { asked, take, progress, close: () => databases.close() }
}

/** The same notes, on a device that stops before it writes what comes after the first `writes`. */
function stoppingAfter(writes: number, progress: Stored): Notes<ProgressOf> {
  let left = writes
  const write = (...args: Parameters<Stored['write']>) => {
    left -= 1
    return left < 0 ? Promise.reject(new Error('stopped')) : progress.write(...args)
  }
  return { read: progress.read.bind(progress), write } as unknown as Notes<ProgressOf>
}

test('R3 R6: a tablet that was stopped anywhere while it took a new epoch goes on with it, and is not refused for ever', async () => {
  for (let writes = 0; writes < 5; writes += 1) {
    const tablet = await restored(`stopped-${writes}`, [{ id: 'a', notes: 'x' }])
    await expect(tablet.take({ progress: stoppingAfter(writes, tablet.progress) })).rejects.toThrow('stopped')
    await tablet.take()
    expect(tablet.asked.map(({ epoch }) => epoch)).not.toContain('e2')
    expect(tablet.progress.read('issues')).toMatchObject({ epoch: 'e2', rebuilding: true })
    await tablet.close()
  }
})

test('R3: put back again before anything of the epoch between was here, it is handed in as of the epoch it is of', async () => {
  const tablet = await restored('twice', [{ id: 'a', notes: 'x' }])
  await tablet.take()
  await tablet.take({}, 'e3')
  expect(tablet.asked.map(({ epoch, records }) => [epoch, records.map(({ id }) => id)])).toEqual([
    ['e1', ['a']],
    ['e1', ['a']],
  ])
  await tablet.progress.write('clients', { cursors: { north: 3 } })
  await tablet.take({}, 'e4')
  expect(tablet.asked.at(-1)?.epoch).toBe('e3')
  await tablet.close()
})

test('R3: long records are handed in with more messages, each short enough for the server to take', async () => {
  const clients = Array.from({ length: 60 }, (_, index) => ({ id: `c${index}`, notes: 'ж'.repeat(10_000) }))
  const { asked, take, close } = await restored('long', clients)
  await take()
  expect(asked.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(clients.map(({ id }) => id))
  for (const request of asked) expect(new TextEncoder().encode(JSON.stringify(request)).length).toBeLessThan(PUSH_BYTES)
  await close()
})

test('R6: put back again while the mirror is built anew, what only the epoch between had does not stay', async () => {
  const server = new ScriptedServer()
  server.put('clients', { id: 'a' })
  const tablet = await openTestTablet(server, 'put-back-twice')
  server.connect()
  await vi.waitFor(() => expect(tablet.sync().firstSync).toBe('done'))
  server.disconnect()
  server.epoch = 'e2'
  for (const id of ['b', 'c', 'd']) server.put('clients', { id })
  server.beforePage = ({ collection, recent }) => {
    if (collection !== 'clients' || recent || server.epoch !== 'e2') return
    server.disconnect()
    server.epoch = 'e3'
    server.take('clients', 'd')
    queueMicrotask(server.connect)
    throw new Error('the server is being put back')
  }
  server.connect()
  await vi.waitFor(() => expect(tablet.sync()).toMatchObject({ connection: 'online', restoring: false }))
  expect(
    tablet
      .records('clients')
      .map(({ record }) => record.id)
      .sort(),
  ).toEqual(['a', 'b', 'c'])
  expect(tablet.sync().repairs).toBe(0)
  await tablet.close()
})
