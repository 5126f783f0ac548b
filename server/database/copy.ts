import { createHash } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { migrateSqlite, readMigrations } from './migrate.ts'
import { storable } from './postgresql.ts'
import type { Sql, SqlValue } from './sql.ts'
import { connect, sqlOf } from './sqlite.ts'

type Row = Record<string, SqlValue>

export interface Table {
  name: string
  columns: string[]
  /** In the order of the key. */
  key: string[]
}

/** What was copied of each table, and a digest of its rows in the order of their keys. */
export type Copied = Map<string, { rows: number; digest: string }>

const ROWS_AT_ONCE = 1_000

/** The tables of this version, as its migrations make them. A row comes after those that it stands on. */
export function tablesOfThisVersion(): Table[] {
  const connection = new BetterSqlite3(':memory:')
  try {
    migrateSqlite(connection, readMigrations('prisma/sqlite/migrations'))
    const named = connection.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`,
    )
    const tables = (named.all() as { name: string }[]).map(({ name }) => name)
    return inOrder(connection, tables).map((name) => {
      const columns = connection.pragma(`table_info("${name}")`) as { name: string; pk: number }[]
      const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
      return { name, columns: columns.map((column) => column.name), key: key.map((column) => column.name) }
    })
  } finally {
    connection.close()
  }
}

/** Tables that others refer to first; the beginning of the audit log stands on a checkpoint. */
function inOrder(connection: BetterSqlite3.Database, tables: readonly string[]): string[] {
  const standsOn = (name: string): string[] => [
    ...(connection.pragma(`foreign_key_list("${name}")`) as { table: string }[]).map(({ table }) => table),
    ...(name === 'AuditFloor' ? ['AuditCheckpoint'] : []),
  ]
  const ordered: string[] = []
  const add = (name: string): void => {
    if (ordered.includes(name)) return
    for (const other of standsOn(name)) if (other !== name) add(other)
    ordered.push(name)
  }
  for (const name of tables) add(name)
  return ordered
}

/** One state of a database, which `from` reads, in a new file of SQLite. */
export async function copyToFile(from: Sql, file: string): Promise<void> {
  const connection = connect(file)
  try {
    migrateSqlite(connection, readMigrations('prisma/sqlite/migrations'))
    const into = sqlOf(connection)
    await into.run('BEGIN IMMEDIATE')
    for (const table of tablesOfThisVersion()) {
      const columns = table.columns.map((name) => `"${name}"`).join(', ')
      const text = `INSERT INTO "${table.name}" (${columns}) VALUES (${table.columns.map(() => '?').join(', ')})`
      const valuesOf = (row: Row) => table.columns.map((name) => row[name] ?? null)
      for await (const rows of pages(from, table)) await into.runEach(text, rows.map(valuesOf))
    }
    await into.run('COMMIT')
    connection.pragma('journal_mode = DELETE')
  } finally {
    connection.close()
  }
}

/** All rows of all tables into an empty database of PostgreSQL, inside the caller's transaction. */
export async function copyIntoPostgresql(from: Sql, into: Sql): Promise<void> {
  for (const table of tablesOfThisVersion()) {
    const columns = table.columns.map((name) => `"${name}"`).join(', ')
    // One statement for a page: each column's text becomes what the column is.
    const text = `INSERT INTO "${table.name}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table.name}", ?::json)`
    for await (const rows of pages(from, table)) await into.run(text, JSON.stringify(rows.map(storableRow)))
  }
}

function storableRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, storable(value)]))
}

/** What a database holds, to compare it with another, of either kind. */
export async function contentsOf(sql: Sql): Promise<Copied> {
  const contents: Copied = new Map()
  for (const table of tablesOfThisVersion()) {
    const hash = createHash('sha256')
    let count = 0
    for await (const rows of pages(sql, table)) {
      count += rows.length
      for (const row of rows) hash.update(JSON.stringify(table.columns.map((name) => storable(plain(row[name] ?? null)))))
    }
    contents.set(table.name, { rows: count, digest: hash.digest('hex') })
  }
  return contents
}

/** A moment is written in two ways: by Prisma, and by a database that fills in the time of a new row. */
function plain(value: SqlValue): SqlValue {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}/.test(value)) return value
  const at = Date.parse(/Z$|[+-]\d{2}:\d{2}$/.test(value) ? value : `${value.replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? value : new Date(at).toISOString()
}

/** All rows of a table in the order of its key. */
async function* pages(sql: Sql, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const keys = key.map((column) => `"${column}"`).join(', ')
  const first = `SELECT ${list} FROM "${name}" ORDER BY ${keys} LIMIT ?`
  const next = `SELECT ${list} FROM "${name}" WHERE (${keys}) > (${key.map(() => '?').join(', ')}) ORDER BY ${keys} LIMIT ?`
  let last: Row | undefined
  for (;;) {
    const rows: Row[] = last
      ? await sql.all<Row>(next, ...key.map((column) => last?.[column] ?? null), ROWS_AT_ONCE)
      : await sql.all<Row>(first, ROWS_AT_ONCE)
    if (rows.length > 0) yield rows
    if (rows.length < ROWS_AT_ONCE) return
    last = rows.at(-1)
  }
}
