import { collections, isCollectionName } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { Sql } from '#server/database/sql.ts'
import { DAMAGED, type World } from '../world.ts'
import { type HistoryLine, parse, readHistory } from './historyLines.ts'
import { type Finding, found } from './proof.ts'

/**
 * A value that was taken in silence replaced what its device had seen, or what that device itself had written. A value
 * it had refused counts as the one it was to replace (rule M7). A restore takes away rows that tell what was seen, so
 * only what came after the last one is judged, with the help of the tester's books.
 */
export async function nothingWasOverwrittenUnseen(world: World, sql: Sql): Promise<Finding[]> {
  const wrong: string[] = []
  const writers = new Map<string, string>()
  const refused = new Map<string, string | null>()
  const before = world.restoredAt === null ? null : valuesBefore(world)
  for (const line of await readHistory(sql)) {
    const { collection, recordId, field, from, old, to, outcome, deviceId } = line
    const key = `${collection}/${recordId}/${field}`
    const refusal = (value: string | null) => `${key}|${deviceId}|${value}`
    let seen = from === old ? from : (beforeSpoiled(world, line) ?? from)
    for (let steps = 0; steps < refused.size && seen !== old && refused.has(refusal(seen)); steps += 1)
      seen = refused.get(refusal(seen)) ?? null
    // Who edits a name that the tester put there has not seen the true one.
    if (from === JSON.stringify(DAMAGED)) continue
    const isSomebodys = writers.has(key) || parse(old) !== absentOf(collection, field)
    const unseen = outcome === 'taken' && isSomebodys && old !== seen && writers.get(key) !== deviceId
    if (unseen && !wasKnown(line, world, before)) wrong.push(`${key}: ${old} was replaced in silence by ${to}`)
    if (outcome === 'taken' || outcome === 'replaced') writers.set(key, deviceId)
    if (outcome === 'refused' || outcome === 'superseded') refused.set(refusal(to), from)
  }
  return found('lost', wrong)
}

/** What a field is when nobody has named it. */
function absentOf(collection: string, field: string): Scalar {
  return isCollectionName(collection) ? (collections[collection].absent[field] ?? null) : null
}

/** After a restore: the value is older than what the author saw, or a change that came later then stands (rule R4). */
function wasKnown({ field, from, old, seq, resentEpoch }: HistoryLine, { restoredAt }: World, before: Before | null): boolean {
  if (before === null || restoredAt === null) return false
  if (seq <= restoredAt || resentEpoch !== null) return true
  const known = new Set([from])
  for (const value of known) for (const earlier of before.get(`${field}|${value}`) ?? []) known.add(earlier)
  return known.has(old)
}

type Before = Map<string, Set<string | null>>

/** For each value of a field, as JSON, those that it was written over: whoever saw the newer one need not have seen them. */
function valuesBefore({ ledger }: World): Before {
  const before: Before = new Map()
  for (const { change } of ledger.saved.values()) {
    for (const [field, { from, to }] of Object.entries(change.fields)) {
      const key = `${field}|${to === null ? null : JSON.stringify(to)}`
      const values = before.get(key) ?? new Set()
      before.set(key, values.add(from === null ? null : JSON.stringify(from)))
    }
  }
  return before
}

/** What its author had seen before an own change that the tester made unreadable: nobody but the author ever saw that value. */
function beforeSpoiled({ ledger }: World, { recordId, field, from }: HistoryLine): string | null {
  for (const { unreadable, change } of ledger.saved.values()) {
    const own = unreadable && change.recordId === recordId ? change.fields[field] : undefined
    if (own !== undefined && JSON.stringify(own.to) === from) return JSON.stringify(own.from)
  }
  return null
}
