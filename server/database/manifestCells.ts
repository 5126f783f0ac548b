import { type Collection, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { addTo, cellOf } from '#domain/sync/manifest.ts'
import type { Sql } from './sql.ts'

/** What is added to one cell. `low` and `high` are 0 to 2^32 - 1 also when something is taken away. */
export interface CellDifference {
  collection: string
  room: string
  cell: number
  count: number
  low: number
  high: number
  seq: number
}

const ROWS_AT_ONCE = 5_000

const ADD = `INSERT INTO "ManifestCell" (collection, room, cell, count, low, high, seq) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (collection, room, cell) DO UPDATE SET count = "ManifestCell".count + excluded.count,
  low = ("ManifestCell".low + excluded.low) % 4294967296, high = ("ManifestCell".high + excluded.high) % 4294967296,
  seq = CASE WHEN excluded.seq > "ManifestCell".seq THEN excluded.seq ELSE "ManifestCell".seq END`

export async function addToCells(sql: Sql, differences: Iterable<CellDifference>): Promise<void> {
  const rows = [...differences].map(({ collection, room, cell, count, low, high, seq }) => [collection, room, cell, count, low, high, seq])
  await sql.runEach(ADD, rows)
}

/** The differences of many records, one for each cell. */
export class CellDifferences {
  readonly #cells = new Map<string, CellDifference>()

  /** A record of `room` appears with `seq` (`times` 1), or the one that had `seq` is gone (`times` -1), at the number `at`. */
  add(collection: string, room: string, id: string, seq: number, times: 1 | -1, at: number): void {
    const cell = cellOf(id)
    const key = `${collection}|${cell}|${room}`
    const sum = this.#cells.get(key) ?? { collection, room, cell, count: 0, low: 0, high: 0, seq: 0 }
    this.#cells.set(key, sum)
    addTo(sum, id, seq, times)
    sum.seq = Math.max(sum.seq, at)
  }

  all(): Iterable<CellDifference> {
    return this.#cells.values()
  }
}

/** Counts all records again. What the cells say is kept inside each change's transaction, so this is for databases of before. */
export async function recountCells(sql: Sql): Promise<CellDifferences> {
  const cells = new CellDifferences()
  for (const collection of Object.values(collections)) await recount(sql, collection, cells)
  return cells
}

async function recount(sql: Sql, collection: Collection, cells: CellDifferences): Promise<void> {
  // Whatever columns it has: this may be a database of before there were rooms.
  const page = `SELECT * FROM "${collection.table}" WHERE deleted = ? AND id > ? ORDER BY id LIMIT ?`
  for (let after = ''; ; ) {
    const rows = await sql.all<Fields & { id: string; seq: number }>(page, 0, after, ROWS_AT_ONCE)
    for (const row of rows) cells.add(collection.name, collection.roomOf(row), row.id, row.seq, 1, row.seq)
    if (rows.length < ROWS_AT_ONCE) return
    after = rows.at(-1)?.id ?? ''
  }
}

/** Throws away the cells and fills them from the records. */
export async function rebuildManifest(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM "ManifestCell"')
  await addToCells(sql, (await recountCells(sql)).all())
}

/** A database that was filled before there were cells gets them once, before anything is written. */
export async function fillManifest(sql: Sql): Promise<void> {
  const filled = await sql.get('SELECT 1 AS found FROM "ManifestCell" LIMIT 1')
  if (filled === undefined) await rebuildManifest(sql)
}
