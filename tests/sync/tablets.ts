import { vi } from 'vitest'
import type * as CreateTablet from '#app/data/createTablet.ts'
import type { StateChannel, TabletOptions } from '#app/data/createTablet.ts'
import type { Leadership } from '#app/data/leader.ts'
import type { Tablet } from '#app/data/tablet.ts'

/** The real device code of one page, with a storage that outlives the page. */
export interface Page {
  open(options: Omit<TabletOptions, 'databases' | 'leadership' | 'channel' | 'app'> & { name: string }): Promise<Tablet>
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
  return {
    open: ({ name, ...options }) =>
      createTablet({
        ...options,
        databases: { storage, name, multiInstance: false },
        leadership: soleLeadership() satisfies Leadership,
        channel: noChannel,
        app: 'simulation',
      }),
  }
}

const noChannel: StateChannel = { post: () => undefined, onState: () => undefined, close: () => undefined }
