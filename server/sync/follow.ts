import { collections } from '#domain/collections.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { type Batch, recordKey, type Step } from './batch.ts'

const FOLLOWING = [
  { collection: collections.enrollments, column: 'clientId' },
  { collection: collections.issues, column: 'recordId' },
] as const

/** What hangs on a client moves with it to another facility. */
export async function followClient(batch: Batch, step: Step, before: StoredRecord | null, after: StoredRecord): Promise<void> {
  const facilityId = after.fields.facilityId ?? null
  if (before === null || before.fields.facilityId === facilityId) return
  for (const { collection, column } of FOLLOWING) {
    const rows = await batch.sql.all<Record<string, SqlValue>>(
      `SELECT id FROM "${collection.table}" WHERE "${column}" = ?
       OR ('${collection.name}' = 'issues' AND "${column}" IN (SELECT id FROM "Enrollment" WHERE "clientId" = ?))`,
      after.id,
      after.id,
    )
    const ids = new Set(rows.map((row) => String(row.id)))
    for (const staged of batch.records.values()) {
      if (staged.collection === collection && staged.after.fields[column] === after.id) ids.add(staged.after.id)
    }
    for (const id of ids) await move(id)
    async function move(id: string) {
      const record = await batch.load(collection, id)
      if (record === null) return
      batch.stage(collection, { ...record, fields: { ...record.fields, facilityId } }, record)
      step.touched.add(recordKey(collection, id))
    }
  }
}
