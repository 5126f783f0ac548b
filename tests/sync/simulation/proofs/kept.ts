import type { Fields } from '#domain/scalars.ts'
import type { FieldOutcome } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Saved } from '../ledger.ts'
import type { World } from '../world.ts'
import { clientPart, erasedIds } from './erased.ts'
import { type Finding, found } from './proof.ts'

interface Push {
  changeId: string
  outcome: string
  reason: string | null
  body: string | null
}
export interface HistoryLine {
  changeId: string
  collection: string
  recordId: string
  field: string
  from: string | null
  old: string | null
  to: string | null
  outcome: FieldOutcome
  deviceId: string
  seq: number
}

/** Without the rows of erased clients, which have no values any more (proofs/erased.ts). */
export const readHistory = (sql: Sql) =>
  sql.all<HistoryLine>(
    `SELECT "changeId", collection, "recordId", field, "from", old, "to", outcome, "deviceId", seq FROM "Change" c
     WHERE NOT EXISTS (SELECT 1 FROM "Erased" e WHERE c."recordId" = e.id OR c."recordId" LIKE e.id || '.%') ORDER BY seq`,
  )

/** What every tablet saved is on the server, or waits in an outbox; with every value that it named. Never nowhere. */
export async function nothingIsLost(world: World, sql: Sql): Promise<Finding[]> {
  const { ledger } = world
  const lost = ledger.unsaid.map((text) => `said to be saved, and not on the disk: ${text}`)
  const pushes = new Map((await sql.all<Push>('SELECT "changeId", outcome, reason, body FROM "Push"')).map((row) => [row.changeId, row]))
  const history = new Map<string, HistoryLine[]>()
  for (const row of await readHistory(sql)) history.set(row.changeId, [...(history.get(row.changeId) ?? []), row])
  const waiting = new Set(waitingRows(world))
  const erased = await erasedIds(sql)
  for (const saved of ledger.saved.values()) {
    if (erased.has(clientPart(saved.change.recordId))) continue
    const push = pushes.get(saved.changeId)
    if (push === undefined) {
      if (saved.excuse === null && !waiting.has(saved.changeId)) lost.push(`${nameOf(saved)} is nowhere`)
    } else if (push.outcome === 'rejected' || push.outcome === 'parked') {
      if (push.reason !== 'unreadable' && !push.body) lost.push(`${nameOf(saved)} is ${push.outcome}, and not kept`)
    } else lost.push(...missingValues(saved, history.get(saved.changeId) ?? []))
  }
  return found('lost', lost)
}

function waitingRows(world: World): string[] {
  return world.devices
    .flatMap(({ disk }) => disk.documents('outbox'))
    .filter(({ _deleted, state }) => !_deleted && (state === 'pending' || state === 'parked'))
    .map(({ changeId }) => String(changeId))
}

const nameOf = ({ device, change, changeId }: Saved) =>
  `${device} ${change.n} (${change.op} ${change.collection}/${change.recordId}, ${changeId.slice(0, 8)})`

/** The server may give an enrollment another client or number; every other value stands in the history. */
const SERVERS_OWN = ['clientId', 'episode']

function missingValues(saved: Saved, rows: readonly HistoryLine[]): string[] {
  const { change } = saved
  if (change.op === 'delete') return rows.some(({ field }) => field === 'deleted') ? [] : [`${nameOf(saved)}: no history`]
  const named = Object.entries(change.fields).filter(([field, { from, to }]) => from !== to && !SERVERS_OWN.includes(field))
  const missing = named.filter(([field, { to }]) => !rows.some((row) => row.field === field && parse(row.to) === to))
  return missing.map(([field, { to }]) => `${nameOf(saved)}: ${field} = ${to} is not in the history`)
}

/** A text that the tester wrote once stands under one change, and that change has one group of rows. */
export async function nothingIsAppliedTwice(world: World, sql: Sql): Promise<Finding[]> {
  const twice: string[] = []
  const history = await readHistory(sql)
  const changeOf = new Map<string, string>()
  const seqOf = new Map<string, string>()
  for (const { changeId, field, recordId, to, seq } of history) {
    const value = parse(to)
    if (typeof value === 'string' && value.startsWith(`v${world.seed}-`)) {
      const other = changeOf.get(`${field}|${value}`)
      if (other !== undefined && other !== changeId) twice.push(`${value} of ${recordId} came by two changes`)
      changeOf.set(`${field}|${value}`, changeId)
    }
    const group = `${changeId}`
    if ((seqOf.get(group) ?? `${seq}`) !== `${seq}`) twice.push(`${changeId} has two groups of rows`)
    seqOf.set(group, `${seq}`)
  }
  return found('twice', twice)
}

/** A value that gave way, or did not come to stand, is in a question beside the one that stands. */
export async function replacedValuesAreKept(_world: World, sql: Sql): Promise<Finding[]> {
  const issues = await sql.all<{ id: string; detail: string }>(`SELECT id, detail FROM "Issue" WHERE kind = 'conflict'`)
  const kept = new Map<string, Fields[]>()
  for (const { detail } of issues) {
    const { changeId, fields } = JSON.parse(detail) as { changeId: string; fields: Fields[] }
    kept.set(changeId, fields)
  }
  const lines = (await readHistory(sql)).filter(({ outcome }) => outcome === 'refused' || outcome === 'replaced')
  const missing = lines.filter(({ changeId, field }) => !kept.get(changeId)?.some((each) => each.field === field))
  return found(
    'lost',
    missing.map(({ recordId, field, changeId }) => `no question about ${field} of ${recordId} (${changeId.slice(0, 8)})`),
  )
}

/**
 * A value that was taken in silence replaced what its device had seen, or what that device itself had written. A value
 * it had refused counts as the one it was to replace (rule M7).
 */
export async function nothingWasOverwrittenUnseen(world: World, sql: Sql): Promise<Finding[]> {
  // A restore takes away the very rows that tell what was seen.
  if (world.restored) return []
  const wrong: string[] = []
  const writers = new Map<string, string>()
  const refused = new Map<string, string | null>()
  for (const { collection, recordId, field, from, old, to, outcome, deviceId } of await readHistory(sql)) {
    const key = `${collection}/${recordId}/${field}`
    const refusal = (value: string | null) => `${key}|${deviceId}|${value}`
    let seen = from
    for (let steps = 0; steps < refused.size && seen !== old && refused.has(refusal(seen)); steps += 1)
      seen = refused.get(refusal(seen)) ?? null
    if (outcome === 'taken' && old !== null && old !== seen && writers.get(key) !== deviceId)
      wrong.push(`${key}: ${old} was replaced in silence`)
    if (outcome === 'taken' || outcome === 'replaced') writers.set(key, deviceId)
    if (outcome === 'refused') refused.set(refusal(to), from)
  }
  return found('lost', wrong)
}

export const parse = (text: string | null) => JSON.parse(text ?? 'null')
