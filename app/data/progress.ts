import { COLLECTION_NAMES, type CollectionName, EVERYWHERE } from '#domain/collections.ts'
import { roomsOf } from '#domain/sync/rooms.ts'

/** How far the mirror of a collection has come. */
export interface Progress {
  /** Of the numbers below; null before the first contact. */
  epoch: string | null
  /** Room -> the number up to which the mirror holds everything. */
  cursors: Record<string, number>
  /** Rooms whose first pages are under way. */
  arriving: Record<string, Arriving>
  /** Room -> how many records its first pages brought. Stays while the mirror is rebuilt: the records are here meanwhile. */
  brought: Record<string, number>
  /** The epoch is new: what the pages do not bring is to go (rule R6). */
  rebuilding: boolean
  /** While it is rebuilt: of whose numbers is what no page of the new epoch has brought yet. */
  before: string | null
  /** What the server had written when it said the newest of this: kept together with it (rule R1). */
  witness: string | null
}

export interface Arriving {
  /** Where live replication goes on after the last page. */
  seq: number
  /** Id of the last record that is here. */
  after: string
  received: number
  total: number
}

export interface Arrival {
  received: number
  /** null until the server has said it of every room. */
  total: number | null
  /** What is not whole yet. */
  arriving: readonly CollectionName[]
}

/**
 * How far the first reception is, over all collections and rooms of the account (rules F4, F5): what has come counts on,
 * so that no number goes back when a room is whole.
 */
export function arrivalIn(progress: (name: CollectionName) => Progress, facilities: readonly string[]): 'waiting' | Arrival | 'done' {
  const rooms = COLLECTION_NAMES.flatMap((name) =>
    roomsOf(name, [EVERYWHERE, ...facilities]).map((room) => ({ name, ...roomIn(progress(name), room) })),
  )
  if (rooms.every(({ isHere }) => isHere)) return 'done'
  if (rooms.every(({ isHere, total }) => !isHere && total === null)) return 'waiting'
  const missing = rooms.filter(({ isHere }) => !isHere)
  return {
    received: rooms.reduce((sum, { received }) => sum + received, 0),
    total: rooms.reduce<number | null>((sum, { total }) => (sum === null || total === null ? null : sum + total), 0),
    arriving: COLLECTION_NAMES.filter((name) => missing.some((room) => room.name === name)),
  }
}

function roomIn({ cursors, arriving, brought }: Progress, room: string): { isHere: boolean; received: number; total: number | null } {
  const count = brought[room] ?? (cursors[room] === undefined ? null : 0)
  if (count !== null) return { isHere: true, received: count, total: count }
  return { isHere: false, received: arriving[room]?.received ?? 0, total: arriving[room]?.total ?? null }
}

export type ProgressOf = Record<CollectionName, Progress>

export function freshProgress(): ProgressOf {
  const fresh = (): Progress => ({ epoch: null, cursors: {}, arriving: {}, brought: {}, rebuilding: false, before: null, witness: null })
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, fresh()])) as ProgressOf
}

export function without<T>(values: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}
