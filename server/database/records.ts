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
  const row = await sql.get<Row>(statements(collection).one, id)
  return row === undefined ? null : toStored(collection, row)
}

/** Those of many that there are, in no order. */
export async function readRecords(sql: Sql, collection: Collection, ids: readonly string[]): Promise<StoredRecord[]> {
  const rows = await sql.all<Row>(statements(collection).some, JSON.stringify(ids))
  return rows.map((row) => toStored(collection, row))
}

export function writeRecord(sql: Sql, collection: Collection, record: StoredRecord): Promise<void> {
  return writeRecords(sql, collection, [record])
}

/** Many of one collection, each only once. */
export async function writeRecords(sql: Sql, collection: Collection, records: readonly StoredRecord[]): Promise<void> {
  const { upsert, fields } = statements(collection)
  const rows = records.map((record) => [
    ...HEADER.map((name) => column(record[name])),
    ...fields.map((name) => column(record.fields[name] ?? null)),
  ])
  await sql.runEach(upsert, rows)
}

export function toStored(collection: Collection, row: Row): StoredRecord {
  const booleans = booleanFields(collection)
  const fields: Fields = {}
  for (const name of statements(collection).fields) {
    const value = row[name] ?? null
    fields[name] = booleans.has(name) ? Boolean(value) : (value as Fields[string])
  }
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

/** Header without `deleted`, then the fields: a record as pull sends it. */
export function columnNames(collection: Collection): string[] {
  return [...HEADER.filter((name) => name !== 'deleted'), ...fieldNames(collection)]
}

function column(value: string | number | boolean | null): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value
}

interface Statements {
  one: string
  some: string
  upsert: string
  fields: string[]
}

const made = new Map<Collection, Statements>()

/** The same texts each time, so that they are prepared once. */
function statements(collection: Collection): Statements {
  const known = made.get(collection)
  if (known) return known
  const fields = fieldNames(collection)
  const columns = [...HEADER, ...fields]
  const changes = columns.slice(1).map((name) => `"${name}" = excluded."${name}"`)
  const fresh: Statements = {
    one: `SELECT * FROM "${collection.table}" WHERE id = ?`,
    some: `SELECT * FROM "${collection.table}" WHERE id IN (SELECT value FROM json_each(?))`,
    upsert: `INSERT INTO "${collection.table}" (${columns.map((name) => `"${name}"`).join(', ')})
      VALUES (${placeholders(columns.length)}) ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`,
    fields,
  }
  made.set(collection, fresh)
  return fresh
}

const booleanNames = new Map<Collection, Set<string>>()

export function booleanFields(collection: Collection): Set<string> {
  const known = booleanNames.get(collection)
  if (known) return known
  const shape = Object.entries(collection.fields.shape)
  const names = new Set(shape.filter(([, schema]) => schema instanceof z.ZodBoolean).map(([name]) => name))
  booleanNames.set(collection, names)
  return names
}
