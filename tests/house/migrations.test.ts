import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { COLLECTION_NAMES, collections, fieldNames } from '#domain/collections.ts'
import { openDatabase } from '#server/database/database.ts'
import { readModels } from './models.ts'

const HEADER = ['id', 'seq', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deleted']
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hims-migrations-'))
})

describe('the migrations of SQLite', () => {
  test('make the tables that the models describe', async () => {
    const database = await openDatabase(`file:${join(folder, 'a.sqlite')}`)
    const models = readModels()
    expect(models.size).toBeGreaterThan(15)
    for (const [name, columns] of models) {
      const made = await database.read.all<{ name: string; notnull: number }>(`SELECT name, "notnull" FROM pragma_table_info('${name}')`)
      expect(
        made.map((column) => [column.name, column.notnull === 0]),
        name,
      ).toEqual(columns.map((column) => [column.name, column.optional]))
    }
    await database.close()
  })

  test('a second start applies nothing and goes on with the same epoch', async () => {
    const url = `file:${join(folder, 'a.sqlite')}`
    const epochs: (string | undefined)[] = []
    for (let start = 0; start < 2; start += 1) {
      const database = await openDatabase(url)
      epochs.push((await database.read.get<{ epoch: string }>('SELECT epoch FROM "Tail"'))?.epoch)
      await database.close()
    }
    expect(epochs[0]).toMatch(/^.{16}$/)
    expect(epochs[1]).toBe(epochs[0])
  })

  test('an edited migration stops the start with one sentence', async () => {
    const migrations = join(folder, 'migrations')
    cpSync('prisma/sqlite/migrations', migrations, { recursive: true })
    const url = `file:${join(folder, 'a.sqlite')}`
    await (await openDatabase(url, migrations)).close()
    const file = join(migrations, '0001_start', 'migration.sql')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- edited`)
    await expect(openDatabase(url, migrations)).rejects.toThrow('The migration 0001_start was edited after it was applied')
  })

  test('a database that is no database stops the start with one sentence', async () => {
    const file = join(folder, 'a.sqlite')
    writeFileSync(file, 'this is not a database, only a text that is long enough to be read as one')
    await expect(openDatabase(`file:${file}`)).rejects.toThrow(/^The database .+ cannot be used \(.+\): check the file/)
  })

  test('the audit log refuses to be changed or shortened', async () => {
    const database = await openDatabase(`file:${join(folder, 'a.sqlite')}`)
    await database.write((sql) =>
      sql.run(`INSERT INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (1, 1, 'a', 'b', '', 'h')`),
    )
    await expect(database.write((sql) => sql.run('UPDATE "AuditEvent" SET at = 2'))).rejects.toThrow('only grows')
    await expect(database.write((sql) => sql.run('DELETE FROM "AuditEvent"'))).rejects.toThrow('only grows')
    const replace = `INSERT OR REPLACE INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (1, 2, 'a', 'b', '', 'h')`
    await expect(database.write((sql) => sql.run(replace))).rejects.toThrow('only grows')
    const fork = `INSERT INTO "AuditEvent" (seq, at, action, outcome, "previousHash", hash) VALUES (2, 1, 'a', 'b', 'fork', 'i')`
    await expect(database.write((sql) => sql.run(fork))).rejects.toThrow('one chain')
    await database.write((sql) => sql.run(`INSERT INTO "AuditCheckpoint" VALUES (1, 'h', 'e', 0, 1, 'k', 's')`))
    for (const change of ['UPDATE "AuditCheckpoint" SET at = 2', 'DELETE FROM "AuditCheckpoint"'])
      await expect(database.write((sql) => sql.run(change))).rejects.toThrow('only grows')
    await expect(database.write((sql) => sql.run(`INSERT INTO "AuditFloor" VALUES (2, 'h', 1, 'k', 's')`))).rejects.toThrow('begins at')
    await database.close()
  })
})

test('each collection has its fields and its header as columns of its table, and nothing else', () => {
  const models = readModels()
  for (const name of COLLECTION_NAMES) {
    const columns = models.get(collections[name].table)?.map((column) => column.name)
    expect(new Set(columns), name).toEqual(new Set([...HEADER, ...fieldNames(collections[name])]))
  }
})
