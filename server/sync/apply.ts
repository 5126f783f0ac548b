import { type Collection, collections, fieldsOf } from '#domain/collections.ts'
import type { Change, PushResult, RejectionReason } from '#domain/sync/change.ts'
import { type Merged, merge } from '#domain/sync/merge.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Author, type Batch, recordKey, type Step } from './batch.ts'
import { followClient } from './follow.ts'
import { conflictIssue, rejectionIssue, severalOpenIssue } from './issues.ts'
import { landingPlace } from './landing.ts'
import { checkFields, mayWrite } from './permission.ts'

/** Where a change comes from. */
export interface Origin {
  /** False for imports, which have no outbox behind them. */
  pushed: boolean
  parkedBefore: boolean
}

const PUSHED: Origin = { pushed: true, parkedBefore: false }

/**
 * Applies one change to the batch. Always answers; throws only for what should not happen.
 * Used by push, by import and by parked changes whose record has arrived.
 */
export async function applyChange(batch: Batch, author: Author, change: Change, origin: Origin = PUSHED): Promise<PushResult> {
  const collection = collections[change.collection]
  const step = begin(batch, author, change, origin)
  const invalid = checkFields(collection, change)
  if (invalid) return reject(batch, step, change, invalid)

  const place = await landingPlace(batch, author, collection, change)
  if (place.kind === 'rejected') return reject(batch, step, change, place.reason)
  if (place.kind === 'parked') return park(batch, step, change, place.waitsFor)
  if (!(await mayWrite(batch, author, collection, place))) return reject(batch, step, change, 'not-permitted')

  // Where a client lives must be a place: any other text would take the record from everybody, or show it to all.
  const moveTo = collection.name === 'clients' ? change.fields.facilityId?.to : undefined
  if (moveTo !== undefined && (await batch.load(collections.facilities, String(moveTo))) === null)
    return reject(batch, step, change, 'facility-missing')
  const { current, recordId } = place
  const since = current === null ? [] : await batch.since(collection, recordId, await seenUpTo(batch, change), author)
  const input = { ...collection, absent: { ...collection.absent, ...place.derived } }
  const merged = merge({ collection: input, current, change, since })
  if (current === null && merged.outcome === 'conflict') return reject(batch, step, change, 'invalid')
  if (recordId !== change.recordId) step.result.newId = recordId
  await keep(batch, step, collection, recordId, current, merged)
  return step.result
}

/** A number this history has not reached yet says nothing of what the person saw: then everything counts as unseen. */
async function seenUpTo({ sql }: Batch, { base }: Change): Promise<number> {
  const tail = await sql.get<{ seq: number }>('SELECT seq FROM "Tail" WHERE id = 1')
  return base > (tail?.seq ?? 0) ? 0 : base
}

async function keep(
  batch: Batch,
  step: Step,
  collection: Collection,
  recordId: string,
  current: StoredRecord | null,
  merged: Merged,
): Promise<void> {
  const { author, change } = step
  const wrote = current === null || merged.history.some((row) => row.outcome === 'taken' || row.outcome === 'replaced')
  const after: StoredRecord = {
    id: recordId,
    seq: 0,
    createdAt: current?.createdAt ?? batch.now,
    createdBy: current?.createdBy ?? author.accountId,
    updatedAt: wrote ? batch.now : (current?.updatedAt ?? batch.now),
    updatedBy: wrote ? author.accountId : (current?.updatedBy ?? author.accountId),
    deleted: merged.deleted,
    fields: fieldsOf(collection, merged.fields),
  }
  batch.stage(collection, after, current)
  step.touched.add(recordKey(collection, recordId))
  step.history = merged.history.map((row) => ({ ...row, collection: collection.name, recordId }))
  step.result.outcome = merged.outcome
  batch.steps.push(step)
  if (merged.outcome === 'conflict') await conflictIssue(batch, step, collection, after, change.changeId, merged)
  if (collection.name === 'clients') await followClient(batch, step, current, after)
  if (collection.name === 'enrollments') await severalOpenIssue(batch, step, after)
}

/** Kept whole, shown to its author and to the facility as an issue; the queue moves on. */
export async function reject(batch: Batch, step: Step, change: Change, reason: RejectionReason): Promise<PushResult> {
  step.result.outcome = 'rejected'
  step.result.reason = reason
  if (step.push) step.push.body = JSON.stringify(change)
  batch.steps.push(step)
  await rejectionIssue(batch, step, change, reason)
  return step.result
}

/** Kept whole until the record it speaks of arrives (server/sync/parked.ts). */
function park(batch: Batch, step: Step, change: Change, waitsFor: string): PushResult {
  step.result.outcome = 'parked'
  if (step.push) Object.assign(step.push, { body: JSON.stringify(change), parentId: waitsFor })
  batch.steps.push(step)
  return step.result
}

/** The step of a change that has not been decided yet. */
export function begin(batch: Batch, author: Author, change: Change, origin: Origin = PUSHED): Step {
  return {
    author,
    change,
    touched: new Set(),
    history: [],
    result: { n: change.n, changeId: change.changeId, outcome: 'applied', seq: 0, reason: null, newId: null },
    audit: [
      {
        at: batch.now,
        action: 'record.changed',
        outcome: 'success',
        actorId: author.accountId,
        deviceId: author.deviceId,
        ip: author.ip,
        route: change.collection,
        subject: change.recordId,
        requestId: author.requestId,
      },
    ],
    push: origin.pushed
      ? { collection: change.collection, recordId: change.recordId, parentId: null, body: null, parkedBefore: origin.parkedBefore }
      : null,
  }
}
