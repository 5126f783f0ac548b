import type { RxDatabase } from 'rxdb/plugins/core'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import type { MirrorCollections } from './databases.ts'
import type { RecordMemory } from './memory.ts'
import { MirrorEvents } from './mirrorEvents.ts'
import { alive, type MirrorRow, readRows } from './readRows.ts'
import { rowThreads } from './rowThreads.ts'

/** Enough to fill the first screens. */
const FIRST_ROWS = 200

export interface Loading {
  /** The first of every collection are in memory. */
  begun: Promise<void>
  /** All of them are. */
  ended: Promise<void>
}

/** Everything on this device into memory, the first of it at once; and from then on whatever any tab writes. */
export function loadMirror(mirror: RxDatabase<MirrorCollections>, memory: RecordMemory, announce: () => void): Loading {
  /** Written while the rows of before are still being read: those are older. */
  const fresher = new Map<string, true>()
  const events = new MirrorEvents({
    memory,
    announce,
    stored: (name, ids) => mirror[name].storageInstance.findDocumentsById(ids, true) as Promise<MirrorRow[]>,
  })
  for (const name of COLLECTION_NAMES) {
    mirror[name].eventBulks$.subscribe((bulk) => {
      for (const { documentId } of bulk.events) fresher.set(`${name}/${documentId}`, true)
      events.hear(
        name,
        bulk.events.map(({ documentData }) => documentData as MirrorRow),
      )
    })
  }
  const put = (name: CollectionName, rows: MirrorRow[]) => {
    for (const row of rows) if (!fresher.has(`${name}/${row.id}`)) memory.putMirror(name, String(row.id), alive(row))
    announce()
  }
  const threads = rowThreads()
  const parts = COLLECTION_NAMES.map((name) => ({ name, rows: readRows(mirror[name], FIRST_ROWS, threads) }))
  const begun = Promise.all(parts.map(async ({ name, rows }) => put(name, (await rows.next()).value ?? []))).then(() => undefined)
  const rest = async () => {
    for (const { name, rows } of parts) for await (const part of rows) put(name, part)
  }
  const ended = begun.then(rest).finally(() => {
    threads.stop()
    fresher.clear()
  })
  return { begun, ended }
}
