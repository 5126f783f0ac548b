import type { Change } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Saved } from '../ledger.ts'
import type { World } from '../world.ts'
import { clientPart, erasedIds } from './erased.ts'
import { type HistoryLine, parse, readHistory } from './historyLines.ts'
import { type Finding, found } from './proof.ts'

interface Push {
  changeId: string
  outcome: string
  reason: string | null
  body: string | null
  /** Where it landed, when that is another record. */
  newId: string | null
  accountId: string
}

/** What every tablet saved is on the server, or waits in an outbox; with every value that it named. Never nowhere. */
export async function nothingIsLost(world: World, sql: Sql): Promise<Finding[]> {
  const { ledger } = world
  const lost = ledger.unsaid.map((text) => `said to be saved, and not on the disk: ${text}`)
  const pushes = new Map(
    (await sql.all<Push>('SELECT "changeId", outcome, reason, body, "newId" FROM "Push"')).map((row) => [row.changeId, row]),
  )
  const history = new Map<string, HistoryLine[]>()
  for (const row of await readHistory(sql)) history.set(row.changeId, [...(history.get(row.changeId) ?? []), row])
  const waiting = new Set(waitingRows(world))
  const erased = await erasedIds(sql)
  // Of an erased client everything goes, whatever a backup holds.
  const tooEarly = ledger.tooEarly.filter(({ recordId }) => !erased.has(clientPart(recordId)))
  lost.push(...tooEarly.map(({ text }) => `forgotten, and in no backup: ${text}`))
  for (const saved of ledger.saved.values()) {
    if (erased.has(clientPart(saved.change.recordId))) continue
    const push = pushes.get(saved.changeId)
    if (push === undefined) {
      if (!waiting.has(saved.changeId) && !ledger.mayBeNowhere(saved)) lost.push(`${nameOf(saved)} is nowhere`)
    } else if (push.outcome === 'rejected' || push.outcome === 'parked') lost.push(...missingOf(saved, push))
    // It came late and landed on the one that stood for both, who was erased since, parted again or not (P7, M16).
    else if (!erased.has(clientPart(push.newId ?? ''))) lost.push(...missingValues(saved, history.get(saved.changeId) ?? []))
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

function namedIn({ change }: Saved) {
  return Object.entries(change.fields).filter(([field, { from, to }]) => from !== to && !SERVERS_OWN.includes(field))
}

/**
 * What is not applied is kept whole. Only a row that the tester spoiled may have come as one that nobody could read, and
 * one that had been purged when a restore asked for its number again.
 */
function missingOf(saved: Saved, { outcome, body }: Push): string[] {
  const kept = JSON.parse(body ?? '{}') as { op?: string; fields?: Change['fields'] }
  if (kept.op === 'void' && (saved.unreadable || saved.left.has('purged'))) return []
  const missing = namedIn(saved).filter(([field, { to }]) => kept.fields?.[field]?.to !== to)
  if (body === null || kept.op !== saved.change.op) return [`${nameOf(saved)} is ${outcome}, and not kept`]
  return missing.map(([field, { to }]) => `${nameOf(saved)} is ${outcome}: ${field} = ${to} is not kept`)
}

function missingValues(saved: Saved, rows: readonly HistoryLine[]): string[] {
  if (saved.change.op === 'delete') return rows.some(({ field }) => field === 'deleted') ? [] : [`${nameOf(saved)}: no history`]
  const missing = namedIn(saved).filter(([field, { to }]) => !rows.some((row) => row.field === field && parse(row.to) === to))
  return missing.map(([field, { to }]) => `${nameOf(saved)}: ${field} = ${to} is not in the history`)
}

/**
 * P6: somebody is told of every change that was rejected. What was written about a number that was taken is told of by
 * the question about its create.
 */
export async function whatIsRejectedIsAsked(_world: World, sql: Sql): Promise<Finding[]> {
  const rejected = await sql.all<Pick<Push, 'changeId' | 'reason' | 'accountId'> & { recordId: string }>(
    `SELECT "changeId", reason, "accountId", "recordId" FROM "Push" WHERE outcome = 'rejected'`,
  )
  const issues = await sql.all<{ id: string; recordId: string; actorId: string; reason: string }>(
    `SELECT id, "recordId", "actorId", reason FROM "Issue" WHERE kind = 'rejected'`,
  )
  const ids = new Set(issues.map(({ id }) => id))
  const ofTaken = new Set(issues.filter(({ reason }) => reason === 'id-taken').map(({ recordId, actorId }) => `${actorId} ${recordId}`))
  const erased = await erasedIds(sql)
  const untold = rejected.filter(
    ({ changeId, reason, accountId, recordId }) =>
      !erased.has(clientPart(recordId)) &&
      !ids.has(`rejected.${changeId}`) &&
      !(reason === 'id-taken' && ofTaken.has(`${accountId} ${recordId.split('.')[0]}`)),
  )
  return found(
    'untold',
    untold.map(({ changeId, reason, recordId }) => `${changeId.slice(0, 8)} of ${recordId} was rejected (${reason}), and nobody is asked`),
  )
}
