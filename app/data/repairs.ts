import { type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { cellOf } from '#domain/sync/manifest.ts'
import type { PulledRecord, RepairAnswer } from '#domain/sync/protocol.ts'
import type { RecordMemory } from './memory.ts'

export interface Repairing {
  memory: RecordMemory
  collection: CollectionName
  room: string
  /** Of the manifest, that differed. */
  cells: readonly number[]
  /** Up to which the room is here. */
  cursor: number
}

export interface Mended {
  documents: PulledRecord[]
  /** Something was left out that may be gone by now: it has to be asked again. */
  again: boolean
  /** The server has moved on: what has moved since is pulled, and is no repair. */
  isBehind: boolean
}

/**
 * Cells of a room as the server holds them, as far as this device had come. When this device is further than the answer,
 * what is not here may be gone by now, and is left out.
 */
export function mendedBy(
  { memory, collection, room, cells, cursor }: Repairing,
  { records, head }: Pick<RepairAnswer, 'records' | 'head'>,
): Mended {
  const known = records.filter(({ seq }) => seq <= cursor)
  const mine = cursor <= head ? known : known.filter(({ id }) => memory.mirrored(collection, id) !== undefined)
  const there = new Set(records.map(({ id }) => id))
  const gone = [...memory.mirror(collection)].filter(
    (record) => roomOf(collection, record) === room && cells.includes(cellOf(record.id)) && record.seq <= head && !there.has(record.id),
  )
  return {
    documents: [...mine.map((record) => ({ ...record, _deleted: false })), ...gone.map(toGone)],
    again: mine.length < known.length,
    isBehind: known.length < records.length,
  }
}

export function roomOf(name: CollectionName, record: object): string {
  return collections[name].roomOf(record as Fields)
}

export function toGone({ id, seq }: { id: string; seq: number }): PulledRecord {
  return { id, seq, _deleted: true }
}
