import { type Collection, collections, fieldsOf } from '#domain/collections.ts'
import type { FacilityFields } from '#domain/facilities/facility.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { readRecord, type StoredRecord, writeRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import { readHead } from './head.ts'
import { noteInManifest } from './manifest.ts'
import type { Committed } from './stream.ts'

const FIRST_ID = 'main'
const FIRST_NAME = 'Main clinic'
const facilities: Collection = collections.facilities

/** What may be left out is none. */
export type FacilityValues = Pick<FacilityFields, 'name'> & Partial<FacilityFields>

/** A fresh server has one facility, and nobody needs to notice. @returns its id */
export async function ensureFirstFacility(sql: Sql, by: { at: number; actorId: string }): Promise<string> {
  const known = await sql.get<{ id: string }>('SELECT id FROM "Facility" WHERE deleted = ? ORDER BY seq LIMIT 1', 0)
  if (known) return known.id
  await saveFacility(sql, FIRST_ID, { name: FIRST_NAME, code: null }, by)
  return FIRST_ID
}

/** Makes a facility or changes it. Throws a `ZodError` when a value is not allowed. */
export async function saveFacility(sql: Sql, id: string, values: FacilityValues, by: { at: number; actorId: string }): Promise<Committed> {
  facilities.rules.parse({ ...facilities.absent, ...values })
  const before = await readRecord(sql, facilities, id)
  const action = before === null ? 'facility.created' : 'facility.changed'
  const { epoch } = await readHead(sql)
  const seq = await takeNumbers(sql, 1, [{ at: by.at, action, outcome: 'success', actorId: by.actorId, subject: id }])
  const after: StoredRecord = {
    id,
    seq,
    createdAt: before?.createdAt ?? by.at,
    createdBy: before?.createdBy ?? by.actorId,
    updatedAt: by.at,
    updatedBy: by.actorId,
    deleted: false,
    fields: fieldsOf(facilities, values),
  }
  await writeRecord(sql, facilities, after)
  const records = [{ collection: facilities, before, after }]
  await noteInManifest(sql, records)
  return { epoch, first: seq, last: seq, records }
}
