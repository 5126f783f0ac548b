import { z } from 'zod'
import { type Change, changeSchema, type PushResult, resentChangeSchema } from '#domain/sync/change.ts'
import { upgradeChange } from '#domain/sync/upgrade.ts'
import type { Author, Batch, Step } from './batch.ts'
import type { Origin } from './outcome.ts'

/** A change that is parked: in the Push table, or in this very transaction. */
export interface Waiting {
  change: Change
  author: Author
  /** Its step, when it came or was parked again in this transaction. */
  step: Step | null
}

interface ParkedRow {
  changeId: string
  body: string
  deviceId: string
  accountId: string
}

/** What waits for a record, in the order it came. */
export async function waitingFor(batch: Batch, recordId: string): Promise<Waiting[]> {
  if (!(await anybodyWaited(batch))) return stagedFor(batch, recordId)
  const rows = await batch.sql.all<ParkedRow>(
    `SELECT "changeId", body, "deviceId", "accountId" FROM "Push" WHERE outcome = 'parked' AND ("recordId" = ? OR "parentId" = ?)
     ORDER BY "receivedAt", n`,
    recordId,
    recordId,
  )
  const found: Waiting[] = []
  for (const row of rows) {
    const change = readStoredChange(JSON.parse(row.body))
    // A step of this transaction says more about it than its row.
    if (change === null || stepOf(batch, row.changeId) !== null) continue
    found.push({ change, author: await authorOf(batch, row), step: null })
  }
  return [...found, ...stagedFor(batch, recordId)]
}

/** One that waits, by its id; null when it does not wait any more. */
export async function waitingChange(batch: Batch, changeId: string): Promise<Waiting | null> {
  const step = stepOf(batch, changeId)
  if (step !== null) return step.result.outcome === 'parked' ? stagedChange(step) : null
  const row = await batch.sql.get<ParkedRow>(
    `SELECT "changeId", body, "deviceId", "accountId" FROM "Push" WHERE outcome = 'parked' AND "changeId" = ?`,
    changeId,
  )
  const change = row === undefined ? null : readStoredChange(JSON.parse(row.body))
  return row === undefined || change === null ? null : { change, author: await authorOf(batch, row), step: null }
}

function stagedChange(step: Step): Waiting | null {
  const change = readStoredChange(JSON.parse(step.push?.body ?? 'null'))
  return change === null ? null : { change, author: step.author, step }
}

function stagedFor(batch: Batch, recordId: string): Waiting[] {
  const parked = batch.steps.filter(({ result }) => result.outcome === 'parked')
  const about = parked.filter(({ push }) => push?.recordId === recordId || push?.parentId === recordId)
  return about.flatMap((step) => stagedChange(step) ?? [])
}

/**
 * Decides about a parked change again. Its earlier step of this transaction gives way to the new one; an answer that was
 * given for it already becomes the new answer.
 * @returns null when something that ran before has decided about it
 */
export async function settleWaiting(
  batch: Batch,
  { change, step }: Waiting,
  work: (origin: Origin) => Promise<PushResult>,
): Promise<PushResult | null> {
  if (step === null) return stepOf(batch, change.changeId) === null ? work({ pushed: true, parkedBefore: true }) : null
  if (!batch.steps.includes(step)) return null
  batch.steps.splice(batch.steps.indexOf(step), 1)
  const result = await work({ pushed: true, parkedBefore: step.push?.parkedBefore ?? false })
  const fresh = batch.steps.find((other) => other.result === result)
  if (fresh) fresh.result = Object.assign(step.result, result)
  return step.result
}

/** A change as it was kept, by whichever version; null when it cannot be read any more. */
export function readStoredChange(raw: unknown): Change | null {
  return z.union([changeSchema, resentChangeSchema]).safeParse(upgradeChange(raw)).data ?? null
}

function stepOf({ steps }: Batch, changeId: string): Step | null {
  return steps.find((step) => step.change.changeId === changeId) ?? null
}

export async function authorOf(batch: Batch, { accountId, deviceId }: Pick<Author, 'accountId' | 'deviceId'>): Promise<Author> {
  return { accountId, deviceId, facilities: await facilitiesOf(batch, accountId) }
}

/** Where the account works today. */
export async function facilitiesOf({ sql }: Batch, accountId: string): Promise<string[]> {
  const text = 'SELECT "facilityId" FROM "AccountFacility" WHERE "accountId" = ? ORDER BY "facilityId"'
  return (await sql.all<{ facilityId: string }>(text, accountId)).map(({ facilityId }) => facilityId)
}

const waited = new WeakMap<Batch, boolean>()

/** Whether any change at all was parked before this transaction: hardly ever, and then no record needs to be looked for. */
async function anybodyWaited(batch: Batch): Promise<boolean> {
  const known = waited.get(batch) ?? (await batch.sql.get(`SELECT 1 FROM "Push" WHERE outcome = 'parked' LIMIT 1`)) !== undefined
  waited.set(batch, known)
  return known
}
