import { type Collection, collections, fieldsOf } from '#domain/collections.ts'
import { settled } from '#domain/facilities/place.ts'
import type { Change, PushResult } from '#domain/sync/change.ts'
import { type Merged, merge, type PriorField } from '#domain/sync/merge.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Author, type Batch, recordKey, type Step } from './batch.ts'
import { closeIssue, discardGivenUp } from './closing.ts'
import { seenUpTo } from './epochBase.ts'
import { answerErased, isAboutErased } from './erased.ts'
import { followClient } from './follow.ts'
import { isUnderTakenId } from './idTaken.ts'
import { closeParkedIssue, conflictIssue, severalOpenIssue } from './issues.ts'
import { type Landing, landingPlace } from './landing.ts'
import { begin, type Origin, PUSHED, park, reject } from './outcome.ts'
import { checkFields, mayMove, mayWrite } from './permission.ts'
import { placeOf } from './place.ts'
import { closeRecovered } from './recovered.ts'

/**
 * Applies one change to the batch. Always answers; throws only for what should not happen.
 * Used by push, by import and by parked changes whose record has arrived.
 */
export async function applyChange(batch: Batch, author: Author, change: Change, origin: Origin = PUSHED): Promise<PushResult> {
  const collection = collections[change.collection]
  const step = begin(batch, author, change, origin)
  if (await isAboutErased(batch, author, change)) return answerErased(batch, step)
  const invalid = checkFields(collection, change)
  if (invalid) return reject(batch, step, change, invalid)
  if (origin.pushed && (await isUnderTakenId(batch, author, change))) return reject(batch, step, change, 'id-taken', 'unsaid')

  const place = await landingPlace(batch, author, collection, change)
  if (place.kind === 'rejected') return reject(batch, step, change, place.reason)
  if (place.kind === 'parked') return park(batch, step, change, place.waitsFor)
  if (!(await mayWrite(batch, author, collection, place, change))) return reject(batch, step, change, 'not-permitted')
  if (!(await livesSomewhere(batch, collection, change))) return reject(batch, step, change, 'facility-missing')

  const { current, recordId } = place
  const merged = atHome(collection, await decide(batch, author, collection, change, place))
  if (current === null && merged.outcome === 'conflict') return reject(batch, step, change, 'invalid')
  if (!mayMove(author, collection, current, merged.fields)) return reject(batch, step, change, 'not-permitted')
  if (recordId !== change.recordId) step.result.newId = recordId
  await keep(batch, step, collection, recordId, current, merged)
  if (origin.parkedBefore) await closeParkedIssue(batch, step, change)
  if (collection.name === 'issues' && current !== null) await discardGivenUp(batch, current, merged)
  return step.result
}

/** Where a client lives must be a place: any other text would take the record from everybody, or show it to all. */
async function livesSomewhere(batch: Batch, { name }: Collection, { fields }: Change): Promise<boolean> {
  const { facilityId } = fields
  if (name !== 'clients' || facilityId === undefined || facilityId.from === facilityId.to) return true
  return (await batch.load(collections.facilities, String(facilityId.to))) !== null
}

async function decide(batch: Batch, author: Author, collection: Collection, change: Change, place: Landing): Promise<Merged> {
  const { current, recordId, derived } = place
  if (collection.name === 'issues' && current !== null) return closeIssue(current, change)
  // Of a client who was joined into another the doctor saw the other's values never: all of them count as unseen.
  const joined = collection.name === 'clients' && recordId !== change.recordId
  const from = joined ? 0 : await seenUpTo(batch, change)
  const known = current === null ? [] : await batch.since(collection, recordId, from, author)
  const since = joined ? known.map(unseen) : known
  const absent = { ...collection.absent, ...derived }
  const said = batch.without.has('resent-order') ? { ...change, resent: undefined } : change
  return merge({ collection: { ...collection, absent }, current, change: said, since, always: batch.without.has('merge') })
}

/** Also what a create only repeated, such as where the client lives: a late move of the old number moves nobody. */
function unseen(prior: PriorField): PriorField {
  return { ...prior, own: false, outcome: prior.outcome === 'same' ? 'taken' : prior.outcome }
}

/** Who moved to a facility that the client was shared with is there as any other: that too stands in the history. */
function atHome(collection: Collection, merged: Merged): Merged {
  if (collection.name !== 'clients') return merged
  const { sharedWith: current = null } = merged.fields
  const { sharedWith: to } = settled(placeOf(merged))
  if (to === current) return merged
  const row = { field: 'sharedWith', from: current, current, to, outcome: 'taken' as const }
  return { ...merged, fields: { ...merged.fields, sharedWith: to }, history: [...merged.history, row] }
}

async function keep(
  batch: Batch,
  step: Step,
  collection: Collection,
  recordId: string,
  current: StoredRecord | null,
  merged: Merged,
): Promise<void> {
  const { author } = step
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
  if (merged.outcome === 'conflict') await conflictIssue(batch, step, collection, after, merged)
  if (collection.name === 'clients') await followClient(batch, step, current, after)
  if (collection.name === 'enrollments') await severalOpenIssue(batch, step, current, after)
  await closeRecovered(batch, step, collection, after)
}
