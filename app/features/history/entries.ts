import type { OutboxItem } from '#app/data/tablet.ts'
import { type CollectionName, collections, fieldNames } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { FieldOutcome } from '#domain/sync/change.ts'
import type { HistoryRow } from '#domain/sync/history.ts'
import { DELETED } from '#domain/sync/merge.ts'

export interface FieldLine {
  field: string
  from: Scalar
  to: Scalar
  outcome: FieldOutcome
}

/** One change of one record, as the history shows it. */
export interface HistoryEntry {
  key: string
  changeId: string | null
  collection: CollectionName
  recordId: string
  /** An op of a change; `created` and `updated` are all that a record itself tells. */
  op: string
  who: { id: string; name: string | null }
  /** UTC ms by the device's clock; null when it is not known. */
  writtenAt: number | null
  /** UTC ms by the server's clock; null while the server has not said. */
  arrivedAt: number | null
  deviceId: string | null
  /** How far a change of this tablet has come; null for what the server told. */
  state: OutboxItem['state'] | null
  fields: readonly FieldLine[]
}

/** Rows of the server, newest first, by change and record: a move of a client changes its enrollments in the same change. */
export function serverEntries(rows: readonly HistoryRow[], people: Readonly<Record<string, string>>): HistoryEntry[] {
  const groups = new Map<string, HistoryRow[]>()
  for (const row of rows) {
    const key = `${row.changeId} ${row.recordId}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups].flatMap(([key, group]) => {
    const [first] = group
    if (first === undefined) return []
    const { changeId, collection, recordId, actorId, deviceTime, at, deviceId } = first
    const who = { id: actorId, name: people[actorId] ?? null }
    const fields = linesOf(collection, first.op, group)
    return [
      { key, changeId, collection, recordId, op: opOf(group), who, writtenAt: deviceTime, arrivedAt: at, deviceId, state: null, fields },
    ]
  })
}

/** A change of a removed record that brought it back says so, whatever it was meant to be. */
function opOf(group: readonly HistoryRow[]): string {
  const back = group.some(({ field, from, to, outcome }) => field === DELETED && from === true && to === false && outcome !== 'refused')
  return back ? 'restore' : (group[0]?.op ?? '')
}

/** In the order of the schema, which is that of the forms. */
function linesOf(collection: CollectionName, op: string, group: readonly HistoryRow[]): FieldLine[] {
  const lines = group.map(({ field, old, to, outcome }) => ({ field, from: old, to, outcome }))
  const order = fieldNames(collections[collection])
  return lines.filter((line) => isWorthALine(op, line)).sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field))
}

/** What an enrollment is of stands in the title; a registration lists only what was given. */
export function isWorthALine(op: string, { field, from, to, outcome }: FieldLine): boolean {
  if (field === DELETED) return outcome === 'refused' || outcome === 'superseded'
  if (['clientId', 'programId', 'episode'].includes(field) || outcome === 'same') return false
  return op === 'create' ? to !== null : from !== to || outcome === 'refused'
}

/** All that is known, newest first. Changes of this tablet that the server lists are shown as the server tells them. */
export function together(fromServer: readonly HistoryEntry[], fromHere: readonly HistoryEntry[]): HistoryEntry[] {
  const told = new Set(fromServer.map(({ changeId }) => changeId))
  const untold = fromHere.filter(({ changeId, state }) => changeId !== null && state !== 'sent' && !told.has(changeId))
  return [...untold, ...fromServer].sort((a, b) => whenOf(b) - whenOf(a))
}

export function whenOf({ arrivedAt, writtenAt }: HistoryEntry): number {
  return arrivedAt ?? writtenAt ?? 0
}
