import type { RxStorage } from 'rxdb'
import { expect, test } from 'vitest'
import { EVENTS } from '#domain/sync/protocol.ts'
import { openDatabases, readAll } from './databases.ts'
import { openTestTablet, ScriptedServer, testStorage } from './tablet.fixture.ts'
import type { Wiping } from './wipe.ts'

/** HIMS_FULL=1 ends the tablet at each of the first 30 steps of a wipe, otherwise at every fifth. */
const KILLS = Array.from({ length: 30 }, (_, index) => index + 1).filter((step) => process.env.HIMS_FULL === '1' || step % 5 === 1)

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of a storage.
type Storage = RxStorage<any, any>

/** What of a tablet outlives its process. */
class Disk {
  wiping: Wiping | null = null
  hasKey = true
  /** Data went while the key was still here. */
  keyOutlived = false
  constructor(readonly name: string) {}
}

/** A tablet that stops for ever at the given step of what it writes and says while it is wiped. */
function openOn(disk: Disk, server: ScriptedServer, killAt = Number.POSITIVE_INFINITY) {
  let steps = 0
  const step = async () => {
    steps += 1
    if (steps >= killAt) await new Promise(() => undefined)
  }
  const storage: Storage = {
    ...testStorage,
    createStorageInstance: async (params) => {
      const instance = await testStorage.createStorageInstance(params)
      const remove = instance.remove.bind(instance)
      instance.remove = async () => {
        disk.keyOutlived ||= disk.hasKey
        await step()
        await remove()
        await step()
      }
      return instance
    },
  }
  const { script } = server
  server.script = (event, body) => {
    if (event !== EVENTS.quarantine && event !== EVENTS.wiped) return script(event, body)
    return step().then(() => script(event, body) ?? { ok: true })
  }
  const opened = openTestTablet(server, disk.name, new Set(), {
    databases: { storage, name: disk.name, multiInstance: false },
    wiping: {
      read: () => disk.wiping,
      write: (wiping) => {
        disk.wiping = wiping
      },
    },
    forgetKey: async () => {
      await step()
      disk.hasKey = false
      await step()
    },
  })
  return { opened, restore: () => Object.assign(server, { script }) }
}

test.each(KILLS)(
  'W2: a wipe that is killed at step %i is finished at the next start, the key goes first, and no unsent change is lost',
  async (killAt) => {
    const disk = new Disk(`wipe-killed-${killAt}`)
    const server = new ScriptedServer()
    server.put('clients', { id: 'a', givenName: 'Neema' })
    const quarantined = new Set<string>()
    let confirmed = 0
    server.script = (event, body: never) => {
      if (event === EVENTS.push) return new Promise(() => undefined)
      if (event === EVENTS.wiped) confirmed += 1
      if (event === EVENTS.quarantine)
        for (const { recordId } of (body as { changes: { recordId: string }[] }).changes) quarantined.add(recordId)
      return null
    }
    const first = await openOn(disk, server).opened
    for (const recordId of ['b', 'c']) {
      await first.save({ collection: 'clients', recordId, op: 'create', values: { givenName: 'Juma' }, seen: null })
    }
    await first.close()
    server.welcome = { verdict: 'wipe' }

    const { opened, restore } = openOn(disk, server, killAt)
    const killed = await opened
    server.reconnect()
    await Promise.race([until(() => confirmed > 0), pause(300)])
    // RxDB's free version opens 13 collections in a process: those of the one that is no more go, as it would have taken them.
    await Promise.race([killed.close(), pause(300)])
    restore()

    // The last kills come after the end: then there is nothing to go on with.
    if (disk.wiping !== null || confirmed === 0) {
      const again = await openOn(disk, server).opened
      server.reconnect()
      await until(() => confirmed > 0 && disk.wiping === null)
      expect(again.sync().wiped).toBe(true)
      await again.close()
    }
    expect([...quarantined].sort()).toEqual(['b', 'c'])
    expect([disk.hasKey, disk.keyOutlived]).toEqual([false, false])
    expect(await rowsLeft(disk)).toBe(0)
  },
)

async function rowsLeft({ name }: Disk): Promise<number> {
  const databases = await openDatabases({ storage: testStorage, name, multiInstance: false })
  const rows = [await readAll(databases.outbox.outbox), await readAll(databases.mirror.clients), await readAll(databases.outbox.device)]
  await databases.close()
  return rows.flat().length
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}
