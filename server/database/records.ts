import { z } from 'zod'
import { type AnyRecord, type Collection, fieldNames, type RecordHeader } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { placeholders, type Sql, type SqlValue } from './sql.ts'

/** A record as the tables hold it: header, fields, and whether it is deleted. */
export interface StoredRecord extends RecordHeader {
  deleted: boolean
  fields: Fields
}

type Row = Record<string, SqlValue>

const HEADER = ['id', 'seq', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deleted'] as const

export async function readRecord(sql: Sql, collection: Collection, id: string): Promise<StoredRecord | null> {
  const row = await sql.get<Row>(`SELECT * FROM "${collection.table}" WHERE id = ?`, id)
  return row === undefined ? null : toStored(collection, row)
}

export async function writeRecord(sql: Sql, collection: Collection, record: StoredRecord): Promise<void> {
  const { text, fields } = upsert(collection)
  const header = HEADER.map((name) => column(record[name]))
  await sql.run(text, ...header, ...fields.map((name) => column(record.fields[name] ?? null)))
}

export function toStored(collection: Collection, row: Row): StoredRecord {
  const booleans = booleanFields(collection)
  const value = (name: string) => (booleans.has(name) ? Boolean(row[name]) : (row[name] ?? null))
  const fields = Object.fromEntries(fieldNames(collection).map((name) => [name, value(name)])) as Fields
  return {
    id: String(row.id),
    seq: Number(row.seq),
    createdAt: Number(row.createdAt),
    createdBy: String(row.createdBy),
    updatedAt: Number(row.updatedAt),
    updatedBy: String(row.updatedBy),
    deleted: Boolean(row.deleted),
    fields,
  }
}

/** As pull sends it. */
export function toAnyRecord({ id, seq, createdAt, createdBy, updatedAt, updatedBy, fields }: StoredRecord): AnyRecord {
  return { id, seq, createdAt, createdBy, updatedAt, updatedBy, ...fields }
}

function column(value: string | number | boolean | null): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value
}

const upserts = new Map<Collection, { text: string; fields: string[] }>()

function upsert(collection: Collection) {
  const known = upserts.get(collection)
  if (known) return known
  const fields = fieldNames(collection)
  const columns = [...HEADER, ...fields]
  const changes = columns.slice(1).map((name) => `"${name}" = excluded."${name}"`)
  const text = `INSERT INTO "${collection.table}" (${columns.map((name) => `"${name}"`).join(', ')})
    VALUES (${placeholders(columns.length)}) ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`
  upserts.set(collection, { text, fields })
  return { text, fields }
}

const booleanNames = new Map<Collection, Set<string>>()

function booleanFields(collection: Collection): Set<string> {
  const known = booleanNames.get(collection)
  if (known) return known
  const shape = Object.entries(collection.fields.shape)
  const names = new Set(shape.filter(([, schema]) => schema instanceof z.ZodBoolean).map(([name]) => name))
  booleanNames.set(collection, names)
  return names
}
