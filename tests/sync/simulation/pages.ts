import { resolve } from 'node:path'
import { vi } from 'vitest'
import type * as CreateTablet from '#app/data/createTablet.ts'
import { Seeded } from '../seeded.ts'
import type { AnyStorage } from './disk.ts'

/** The device code as one page of a browser has it, to be opened again and again. */
export interface Page {
  createTablet: (typeof CreateTablet)['createTablet']
  memory: AnyStorage
  /** The clock that RxDB reads, ms. */
  clock: { now: () => number }
  /** Everything that was open in it is forgotten, as when its process ends. */
  leave(): void
}

const inRxdb = (path: string) => resolve('node_modules/rxdb/dist/esm', path)
const free: Page[] = []
let loaded = 0

/** RxDB counts open collections per page, so each tab that is open has a page of its own; a page costs 30 ms to load. */
export async function takePage(): Promise<Page> {
  const page = free.pop()
  if (page) return page
  // What is drawn while a page loads is no part of the history: another time it is there already. Each page draws its own:
  // RxDB takes what two tabs say under one token for the same, and drops the second.
  const { random } = Math
  // RxDB makes a document anew, and waits with it, when the garbage collector has come by: a busy machine, another history.
  const weak = globalThis.WeakRef
  loaded += 1
  Math.random = new Seeded(loaded).next
  Object.assign(globalThis, { WeakRef: undefined })
  try {
    return await loadPage()
  } finally {
    Math.random = random
    Object.assign(globalThis, { WeakRef: weak })
  }
}

export function givePage(page: Page): void {
  page.leave()
  free.push(page)
}

async function loadPage(): Promise<Page> {
  const clock = { now: () => 0 }
  let last = 0
  vi.resetModules()
  // Never the same number twice, as RxDB's own; never the real clock, and nothing left over from another history.
  vi.doMock(inRxdb('plugins/utils/utils-time.js'), () => ({
    now: () => {
      const next = clock.now()
      last = Math.max(next, last + 0.01)
      return last
    },
  }))
  // RxDB's own runs in a thread, and so at no certain moment.
  vi.doMock(inRxdb('plugins/utils/utils-hash.js'), () => ({
    nativeSha256: hash,
    defaultHashSha256: hash,
    hashStringToNumber: (text: string) => [...text].reduce((sum, letter) => (sum + letter.charCodeAt(0)) | 0, 0),
  }))
  const { createTablet } = (await import('#app/data/createTablet.ts')) as typeof CreateTablet
  const { getRxStorageMemory } = await import('rxdb/plugins/storage-memory')
  const { OPEN_COLLECTIONS } = (await import(/* @vite-ignore */ inRxdb('rx-collection.js'))) as { OPEN_COLLECTIONS: Set<unknown> }
  return {
    createTablet,
    memory: getRxStorageMemory() as AnyStorage,
    clock,
    leave: () => {
      OPEN_COLLECTIONS.clear()
      last = 0
      clock.now = () => 0
    },
  }
}

async function hash(text: string): Promise<string> {
  let mixed = 0x811c9dc5
  for (const letter of text) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193)
  return (mixed >>> 0).toString(16).padStart(64, '0')
}
