import { type Collection, collections } from '#domain/collections.ts'
import { placeIn } from '#domain/facilities/place.ts'
import { CHANGE_BYTES, type Change, type VoidChange } from '#domain/sync/change.ts'
import type { ConflictDetail, RefusedDetail } from '#domain/sync/issue.ts'
import { DELETED, type Merged } from '#domain/sync/merge.ts'
import { type StoredRecord, toStored } from '#server/database/records.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { type Author, type Batch, recordKey, type Step } from './batch.ts'
import { authorNow, writerOf } from './people.ts'
import { placeOf } from './place.ts'
import { NOBODY, roomToShowIn } from './showIn.ts'

/** Two people changed the same without seeing each other: both values are kept until somebody chooses. */
export async function conflictIssue(batch: Batch, step: Step, collection: Collection, record: StoredRecord, merged: Merged): Promise<void> {
  const { changeId, deviceTime } = step.change
  const fields: ConflictDetail['fields'] = []
  for (const { field, from, current, to, outcome } of merged.history) {
    if (outcome !== 'refused' && outcome !== 'replaced') continue
    // Who deleted it, or whose edit a delete did not know of, is another field's writer.
    const by = field === DELETED ? null : record.deleted ? DELETED : field
    const currentBy = await writerOf(batch, step, record.id, by)
    fields.push({ field, from, current, to, stands: outcome === 'refused' ? 'current' : 'to', currentBy })
  }
  const detail: ConflictDetail = { changeId, deviceTime, fields, toBy: await authorNow(batch, step) }
  await openIssue(batch, step, `conflict.${changeId}`, {
    kind: 'conflict',
    collection: collection.name,
    recordId: record.id,
    ...placeOf(record),
    reason: null,
    detail: JSON.stringify(detail),
  })
}

/** A change that could not be taken, kept whole and shown where its record lives. */
export async function rejectionIssue(batch: Batch, step: Step, change: Change, reason: string): Promise<void> {
  await refusedIssue(batch, step, change, { id: `rejected.${change.changeId}`, kind: 'rejected', reason })
}

/** A row that its own device could not read: nothing is known of it but whose it was and which number it had. */
export async function voidRejection(batch: Batch, step: Step, recordId: string, change: VoidChange): Promise<void> {
  const { facilities } = step.author
  // What a file says of it besides (domain/sync/unsentFile.ts) may be about anybody: that is the administrator's to read.
  const { deviceId, n, changeId, op, reason } = change
  const detail: RefusedDetail = { changeId, change: { deviceId, n, changeId, op, reason }, by: await authorNow(batch, step) }
  await openIssue(batch, step, `rejected.${change.changeId}`, {
    kind: 'rejected',
    collection: 'clients',
    recordId,
    ...placeIn(facilities === 'all' ? NOBODY : (facilities[0] ?? NOBODY)),
    reason: 'unreadable',
    detail: JSON.stringify(detail),
  })
}

/** It has waited for its record for a week. */
export async function openParkedIssue(batch: Batch, step: Step, author: Author, change: Change): Promise<void> {
  const id = parkedId(change)
  if ((await batch.load(collections.issues, id)) !== null) return
  await refusedIssue(batch, { ...step, author }, change, { id, kind: 'parked', reason: null })
}

/** What it waited for has come, or never will. */
export async function closeParkedIssue(batch: Batch, step: Step, change: Change): Promise<void> {
  await closeOpenIssue(batch, step, parkedId(change))
}

/** The question has answered itself. */
export async function closeOpenIssue(batch: Batch, step: Step, id: string): Promise<void> {
  const known = await batch.load(collections.issues, id)
  if (known === null || known.fields.state !== 'open') return
  const fields = { ...known.fields, state: 'resolved' }
  batch.stage(collections.issues, { ...known, updatedAt: batch.now, updatedBy: step.author.accountId, fields }, known)
  step.touched.add(recordKey(collections.issues, id))
}

const parkedId = ({ changeId }: Change) => `parked.${changeId}`

type Refusal = { id: string; kind: 'rejected' | 'parked'; reason: string | null }

async function refusedIssue(batch: Batch, step: Step, change: Change, { id, kind, reason }: Refusal): Promise<void> {
  const collection = collections[change.collection]
  const record = await batch.load(collection, change.recordId)
  const detail: RefusedDetail = { changeId: change.changeId, change: sentToTablets(change), by: await authorNow(batch, step) }
  await openIssue(batch, step, id, {
    kind,
    collection: change.collection,
    recordId: change.recordId,
    ...placeIn(await roomToShowIn(batch, step.author, change, await meantFor(batch, collection, record, change))),
    reason,
    detail: JSON.stringify(detail),
  })
}

/** One that is longer than a device may send (a file, a hand-in) stays whole on the server; the tablets hear what it was about. */
function sentToTablets(change: Change): Change {
  return Buffer.byteLength(JSON.stringify(change)) > CHANGE_BYTES ? { ...change, fields: {} } : change
}

/** Where the record lives, or would have lived; a rejected change holds a whole person. */
async function meantFor(batch: Batch, collection: Collection, record: StoredRecord | null, change: Change): Promise<string> {
  if (record !== null) return collection.roomOf(record.fields)
  const clientId = change.fields.clientId?.to ?? (collection.name === 'enrollments' ? change.recordId.split('.')[0] : undefined)
  const parent = clientId === undefined ? null : await batch.load(collections.clients, String(clientId))
  return parent === null ? String(change.fields.facilityId?.to ?? NOBODY) : collections.clients.roomOf(parent.fields)
}

/**
 * Two open episodes of one client in one program are a question, never a refusal. It is asked when one of them opens, not
 * again at each edit of one that is open: somebody has looked by then, or will.
 */
export async function severalOpenIssue(batch: Batch, step: Step, before: StoredRecord | null, enrollment: StoredRecord): Promise<void> {
  const { clientId, programId } = enrollment.fields
  if (!isOpen(enrollment) || (before !== null && isOpen(before) && before.fields.clientId === clientId)) return
  const table = collections.enrollments
  const rows = await batch.sql.all<Record<string, SqlValue>>(`SELECT * FROM "${table.table}" WHERE "clientId" = ?`, String(clientId))
  const known = new Map(rows.map((row) => [String(row.id), toStored(table, row)]))
  for (const staged of batch.records.values()) if (staged.collection === table) known.set(staged.after.id, staged.after)
  const others = [...known.values()].filter(
    (other) => other.id !== enrollment.id && isOpen(other) && other.fields.clientId === clientId && other.fields.programId === programId,
  )
  if (others.length === 0) return
  const detail = { otherId: others[0]?.id ?? '', score: 1, reasons: ['two-open-episodes'] }
  await openIssue(batch, step, `open.${enrollment.id}`, {
    kind: 'possible-duplicate',
    collection: 'enrollments',
    recordId: enrollment.id,
    ...placeOf(enrollment),
    reason: 'two-open-episodes',
    detail: JSON.stringify(detail),
  })
}

function isOpen({ deleted, fields }: StoredRecord): boolean {
  return !deleted && fields.status === 'active'
}

type NewIssue = Omit<Parameters<Batch['stageIssue']>[1], 'state' | 'actorId'>

export async function openIssue(batch: Batch, step: Step, id: string, issue: NewIssue): Promise<void> {
  await batch.stageIssue(id, { ...issue, state: 'open', actorId: step.author.accountId }, step.author.accountId)
  step.touched.add(recordKey(collections.issues, id))
}
