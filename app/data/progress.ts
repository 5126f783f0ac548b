import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'

/** How far the mirror of a collection has come. */
export interface Progress {
  /** Of the numbers below; null before the first contact. */
  epoch: string | null
  /** Room -> the number up to which the mirror holds everything. */
  cursors: Record<string, number>
  /** Rooms whose first pages are under way. */
  arriving: Record<string, Arriving>
  /** The epoch is new: what the pages do not bring is to go (rule R6). */
  rebuilding: boolean
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

/** First pages under way, over all collections; null when none are. */
export function arrivingIn(progress: (name: CollectionName) => Progress): { received: number; total: number } | null {
  const rooms = COLLECTION_NAMES.flatMap((name) => Object.values(progress(name).arriving))
  if (rooms.length === 0) return null
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return { received: sum(rooms.map(({ received }) => received)), total: sum(rooms.map(({ total }) => total)) }
}

export type ProgressOf = Record<CollectionName, Progress>

export function freshProgress(): ProgressOf {
  const fresh = (): Progress => ({ epoch: null, cursors: {}, arriving: {}, rebuilding: false, witness: null })
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, fresh()])) as ProgressOf
}

export function without<T>(values: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}
