import { vi } from 'vitest'
import type * as CreateTablet from '#app/data/createTablet.ts'
import type { StateChannel, TabletOptions } from '#app/data/createTablet.ts'
import type { Leadership } from '#app/data/leader.ts'
import type { Tablet } from '#app/data/tablet.ts'

type PageOptions = Omit<TabletOptions, 'databases' | 'leadership' | 'channel' | 'app'> & { name: string }

/** The real device code of one page, with a storage that outlives the page. */
export interface Page {
  open(options: PageOptions): Promise<Tablet>
  /** Opens again what was open under this name, as after a crash. */
  reopen(name: string): Promise<Tablet>
  /** Makes one row of a closed tablet's outbox unreadable, as a damaged disk would. */
  damage(name: string, n: number): Promise<void>
}

/**
 * RxDB counts open collections per page, so each simulated tablet loads the device code as a page of its own.
 */
export async function loadPage(): Promise<Page> {
  vi.resetModules()
  const { createTablet } = (await import('#app/data/createTablet.ts')) as typeof CreateTablet
  const { soleLeadership } = await import('#app/data/leader.ts')
  const { getRxStorageMemory } = await import('rxdb/plugins/storage-memory')
  const storage = getRxStorageMemory()
  const { openDatabases } = await import('#app/data/databases.ts')
  const opened = new Map<string, PageOptions>()
  const open = (options: PageOptions) => {
    opened.set(options.name, options)
    const leadership = soleLeadership() satisfies Leadership
    return createTablet({
      ...options,
      databases: { storage, name: options.name, multiInstance: false },
      leadership,
      channel: noChannel,
      app: 'simulation',
    })
  }
  return {
    open,
    reopen: (name) => {
      const options = opened.get(name)
      if (options === undefined) throw new Error(`${name} was never open`)
      return open(options)
    },
    async damage(name, n) {
      const databases = await openDatabases({ storage, name, multiInstance: false })
      const row = await databases.outbox.outbox.findOne(String(n).padStart(12, '0')).exec(true)
      await row.incrementalPatch({ body: '{"n":' })
      await databases.close()
    },
  }
}

const noChannel: StateChannel = { post: () => undefined, onState: () => undefined, silence: () => undefined, close: () => undefined }
