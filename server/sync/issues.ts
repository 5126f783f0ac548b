import { type Collection, collections } from '#domain/collections.ts'
import type { Change } from '#domain/sync/change.ts'
import type { ConflictDetail, RefusedDetail } from '#domain/sync/issue.ts'
import type { Merged } from '#domain/sync/merge.ts'
import { type StoredRecord, toStored } from '#server/database/records.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { type Batch, recordKey, type Step } from './batch.ts'

/** A room that no tablet pulls: what belongs to no facility is shown to none. */
const NOBODY = '-'

/** Two people changed the same without seeing each other: both values are kept until somebody chooses. */
export async function conflictIssue(
  batch: Batch,
  step: Step,
  collection: Collection,
  record: StoredRecord,
  changeId: string,
  merged: Merged,
): Promise<void> {
  const detail: ConflictDetail = {
    changeId,
    deviceTime: step.change.deviceTime,
    fields: merged.history.flatMap(({ field, from, current, to, outcome }) => {
      if (outcome !== 'refused' && outcome !== 'replaced') return []
      return [{ field, from, current, to, stands: outcome === 'refused' ? 'current' : 'to' } as const]
    }),
  }
  await open(batch, step, `conflict.${changeId}`, {
    kind: 'conflict',
    collection: collection.name,
    recordId: record.id,
    facilityId: collection.roomOf(record.fields),
    reason: null,
    detail: JSON.stringify(detail),
  })
}

/** A change that could not be taken, kept whole and shown where its record lives. */
export async function rejectionIssue(batch: Batch, step: Step, change: Change, reason: string): Promise<void> {
  const collection = collections[change.collection]
  const record = await batch.load(collection, change.recordId)
  const { facilities } = step.author
  const ownFacility = facilities === 'all' ? NOBODY : (facilities[0] ?? NOBODY)
  const detail: RefusedDetail = { changeId: change.changeId, change }
  await open(batch, step, `rejected.${change.changeId}`, {
    kind: 'rejected',
    collection: change.collection,
    recordId: change.recordId,
    facilityId: mineToSee(await meantFor(batch, collection, record, change), facilities, ownFacility),
    reason,
    detail: JSON.stringify(detail),
  })
}

/** Where the record lives, or would have lived; a rejected change holds a whole person. */
async function meantFor(batch: Batch, collection: Collection, record: StoredRecord | null, change: Change): Promise<string> {
  if (record !== null) return collection.roomOf(record.fields)
  const parent = change.fields.clientId === undefined ? null : await batch.load(collections.clients, String(change.fields.clientId.to))
  return String(parent?.fields.facilityId ?? change.fields.facilityId?.to ?? NOBODY)
}

/** The author must find the rejection again, so it never goes to a facility that is not theirs. */
function mineToSee(room: string, facilities: Step['author']['facilities'], own: string): string {
  return facilities === 'all' || facilities.includes(room) ? room : own
}

/** Two open episodes of one client in one program are a question, never a refusal. */
export async function severalOpenIssue(batch: Batch, step: Step, enrollment: StoredRecord): Promise<void> {
  const { clientId, programId, status, facilityId } = enrollment.fields
  if (enrollment.deleted || status !== 'active') return
  const table = collections.enrollments
  const rows = await batch.sql.all<Record<string, SqlValue>>(`SELECT * FROM "${table.table}" WHERE "clientId" = ?`, String(clientId))
  const known = new Map(rows.map((row) => [String(row.id), toStored(table, row)]))
  for (const staged of batch.records.values()) if (staged.collection === table) known.set(staged.after.id, staged.after)
  const others = [...known.values()].filter(
    ({ id, deleted, fields }) =>
      id !== enrollment.id && !deleted && fields.status === 'active' && fields.clientId === clientId && fields.programId === programId,
  )
  if (others.length === 0) return
  const detail = { otherId: others[0]?.id ?? '', score: 1, reasons: ['two-open-episodes'] }
  await open(batch, step, `open.${enrollment.id}`, {
    kind: 'possible-duplicate',
    collection: 'enrollments',
    recordId: enrollment.id,
    facilityId: String(facilityId),
    reason: 'two-open-episodes',
    detail: JSON.stringify(detail),
  })
}

type NewIssue = Omit<Parameters<Batch['stageIssue']>[1], 'state' | 'actorId'>

async function open(batch: Batch, step: Step, id: string, issue: NewIssue): Promise<void> {
  await batch.stageIssue(id, { ...issue, state: 'open', actorId: step.author.accountId }, step.author.accountId)
  step.touched.add(recordKey(collections.issues, id))
}
