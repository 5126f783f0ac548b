import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Config, readConfig } from '#server/config.ts'
import { readState } from '#server/database/backup.ts'
import { contentsOf } from '#server/database/copy.ts'
import { testSettings } from '#server/database/database.fixture.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import { isDatabaseError } from '#server/database/failure.ts'
import { backupCommand } from '#server/operations/backupCommand.ts'
import { examine } from '#server/operations/doctorCommand.ts'
import { moveCommand } from '#server/operations/moveCommand.ts'
import { restoreCommand } from '#server/operations/restoreCommand.ts'
import { createServices } from '#server/services.ts'

let folder: string
/** Of the file, and of the server. */
let file: Config
let server: Config
let databases: Database[]
let said: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hims-move-'))
  const settings = await testSettings(join(folder, 'server'))
  file = readConfig({ DATA_DIR: join(folder, 'file'), SECRET: settings.SECRET })
  server = readConfig(settings)
  databases = []
  said = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const database of databases) await database.close()
  rmSync(folder, { recursive: true })
})

async function open(config: Config) {
  const database = await openDatabase(config.databaseUrl)
  databases.push(database)
  return { database, services: createServices(config, database) }
}

/** Nobody works on it any more. */
async function close(database: Database): Promise<void> {
  databases = databases.filter((other) => other !== database)
  await database.close()
}

/** Nothing is in it, not even a table. */
async function emptied(): Promise<Config> {
  const client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await client.end()
  return server
}

/** Somebody of everything that a clinic has. */
async function fill(config: Config): Promise<void> {
  const { database, services } = await open(config)
  const token = (await services.accounts.setupLink())?.split('/').at(-1) ?? ''
  const { account } = await services.accounts.acceptInvitation(token, { name: 'Amina', email: 'a@example.org', password: 'lantern gravel seven orbit' }, {}) // biome-ignore format: one call
  await services.auditKeys.signer()
  await services.records.createFacility({ name: 'Kisumu Süd', code: null }, { accountId: account.id })
  await close(database)
}

test('a file of SQLite goes to PostgreSQL row by row the same: numbers, epoch, audit log and sessions; it is opened and goes on', async () => {
  await fill(file)
  const { database } = await open(file)
  const before = { contents: await contentsOf(database.read), tail: await database.read.get('SELECT * FROM "Tail"') }
  await close(database)
  const { databaseUrl } = await emptied()
  await moveCommand(file, [databaseUrl])
  expect(said.join('')).toContain('row by row the same')
  expect(await readState(databaseUrl, contentsOf)).toEqual(before.contents)
  expect(await readState(databaseUrl, (sql) => sql.get('SELECT * FROM "Tail"'))).toEqual(before.tail)
  const moved = await open(server)
  expect((await moved.services.auditLog.verify()).kind).toBe('whole')
  expect((await moved.services.accounts.list()).map(({ email }) => email)).toEqual(['a@example.org'])
  await moved.services.records.createFacility({ name: 'Busia', code: null }, { accountId: 'operator' })
  // It holds something now, and somebody works on it: neither is written over.
  await expect(moveCommand(file, [databaseUrl])).rejects.toThrow('stop it first')
  await close(moved.database)
  await expect(moveCommand(file, [databaseUrl])).rejects.toThrow('holds something already')
})

test('a copy that cannot be made leaves the database as it was', async () => {
  await fill(file)
  const { databaseUrl } = await emptied()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  // As a disk that is full half-way: whoever makes the table of clients fails.
  await client.query(`CREATE SCHEMA beside; CREATE FUNCTION beside.no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'Client' AND relkind = 'r') THEN RAISE 'no room'; END IF; END $$`) // biome-ignore format: one statement
  await client.query('CREATE EVENT TRIGGER full_disk ON ddl_command_end EXECUTE FUNCTION beside.no()')
  await expect(moveCommand(file, [databaseUrl])).rejects.toThrow('no room')
  await client.query('DROP EVENT TRIGGER full_disk')
  const { rows } = await client.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`)
  expect(rows).toEqual([])
  await client.end()
})

test('a backup of PostgreSQL is verified, and comes back with a new epoch; what was there stays beside it', async () => {
  await fill(server)
  const { database, services } = await open(server)
  await backupCommand({ database }, server, [join(folder, 'backup.sqlite')])
  const { epoch } = await services.records.head()
  const lost = await services.records.createFacility({ name: 'Lost', code: null }, { accountId: 'operator' })
  await expect(restoreCommand(server, [join(folder, 'backup.sqlite')])).rejects.toThrow('stop it first')
  expect((await services.records.facilities()).map(({ id }) => id)).toContain(lost)
  await close(database)
  await restoreCommand(server, [join(folder, 'backup.sqlite')])
  const [, kept = ''] = /kept as schema (\w+)/.exec(said.join('')) ?? []
  const back = await open(server)
  expect((await back.services.records.head()).epoch).not.toBe(epoch)
  expect((await back.services.records.facilities()).map(({ name }) => name)).toEqual(['Kisumu Süd', 'Main clinic'])
  expect((await back.services.auditLog.verify()).kind).toBe('whole')
  expect(await back.database.read.all(`SELECT id FROM "${kept}"."Facility" WHERE id = ?`, lost)).toHaveLength(1)
})

test('the doctor looks at it, and finds what is wrong', async () => {
  await fill(server)
  const states = async () => Object.fromEntries((await examine(server, Date.now())).map(({ about, state }) => [about, state]))
  expect(await states()).toMatchObject({ database: 'ok', version: 'ok', keys: 'ok', 'audit log': 'ok', totals: 'ok' })
  const { database } = await open(server)
  await database.write((sql) => sql.run('ALTER TABLE "AuditEvent" DISABLE TRIGGER "AuditEvent_no_change"'))
  await database.write((sql) => sql.run(`UPDATE "AuditEvent" SET action = 'x' WHERE seq = 2`))
  expect(await states()).toMatchObject({ 'audit log': 'wrong' })
})

test('a transaction in which a statement failed is never called done, whoever caught the failure', async () => {
  const { database } = await open(server)
  const swallowed = database.write(async (sql) => {
    await sql.run(`UPDATE "Tail" SET "auditHash" = 'x'`)
    await sql.run('SELECT nothing').catch(() => undefined)
    return 'done'
  })
  await expect(swallowed).rejects.toSatisfy(isDatabaseError)
  expect(await database.read.get('SELECT "auditHash" AS hash FROM "Tail"')).not.toEqual({ hash: 'x' })
})

test('what an erasure leaves nothing of is written anew, and what keeps it from that is told', async () => {
  await fill(server)
  const { database } = await open(server)
  const client = new pg.Client({ connectionString: server.databaseUrl })
  await client.connect()
  const same = (body: string) =>
    client.query(
      `CREATE OR REPLACE FUNCTION beside.same(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN $1; END $$`,
    )
  await client.query('CREATE SCHEMA beside')
  await same('')
  await client.query('CREATE INDEX broken ON "Facility" (beside.same(name))')
  await same(`RAISE 'this cannot be written';`)
  await expect(database.compact()).rejects.toThrow('this cannot be written')
  await client.query('DROP INDEX broken')
  await client.end()
  expect(await database.compact()).toBe(true)
})

test('a server that is not there, a wrong name and a setting that loses data are told in a sentence, without the password', async () => {
  const url = new URL(server.databaseUrl)
  url.password = 'hunter2'
  url.pathname = '/nowhere'
  await expect(openDatabase(url.href)).rejects.toThrow(/^PostgreSQL at postgresql:\/\/[^ ]+ cannot be used \(.+\)/)
  await expect(openDatabase(url.href)).rejects.not.toThrow('hunter2')
  url.port = '1'
  await expect(openDatabase(url.href)).rejects.toThrow(/ECONNREFUSED|connect/)
})
