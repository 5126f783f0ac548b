import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { audit } from '#server/audit/audit.ts'
import { type Config, readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServices } from '#server/services.ts'
import { backupCommand } from './backupCommand.ts'
import { examine } from './doctorCommand.ts'
import { restoreCommand } from './restoreCommand.ts'

let folder: string
let config: Config
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hims-doctor-'))
  config = readConfig({ DATA_DIR: folder })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function opened<T>(work: (services: ReturnType<typeof createServices>) => Promise<T>): Promise<T> {
  const database = await openDatabase(config.databaseUrl)
  try {
    return await work(createServices(config, database))
  } finally {
    await database.close()
  }
}

/** What is not well, each with its first word. */
async function complaints(now = Date.now()): Promise<string[]> {
  return (await examine(config, now)).filter(({ state }) => state !== 'ok').map(({ about, state }) => `${about} ${state}`)
}

/** On this machine only, and never backed up: so begins every installation. */
const FRESH = ['address look', 'backup look']

test('a folder without a database is to be started, and nothing is made in it', async () => {
  expect(await complaints()).toEqual(['address look', 'database look'])
  expect(readdirSync(folder)).toEqual(['secret'])
})

test('a new installation is well, but for what a new one lacks; with a backup only the address is left', async () => {
  await opened(async ({ accounts, statistics }) => {
    await accounts.setupLink()
    await statistics.ensure()
  })
  expect(await complaints()).toEqual(FRESH)
  await opened((services) => backupCommand(services, config, [join(folder, 'backup.sqlite')]))
  expect(await complaints()).toEqual(['address look'])
  expect(await complaints(Date.now() + 8 * 86_400_000)).toEqual(['address look', 'backup look'])
})

test('each thing that is wrong is found, and told apart', async () => {
  await opened(async ({ database, statistics, auditKeys }) => {
    await statistics.ensure()
    await auditKeys.signer()
    await database.write((sql) => audit(sql, { at: Date.now() + 3_600_000, action: 'server.backup', outcome: 'success' }))
    await database.write((sql) => sql.run(`INSERT INTO "Counter" (key, value) VALUES ('clients|x|', 3)`))
  })
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'secret'), `${'y'.repeat(43)}\n`)
  config = readConfig({ DATA_DIR: folder, ORIGIN: 'http://clinic.example.org' })
  expect(await complaints()).toEqual(['folder look', 'address wrong', 'clock wrong', 'keys wrong', 'totals look', 'backup look'])
})

test('an altered audit log and a damaged file are wrong', async () => {
  const file = join(folder, 'hims.sqlite')
  await opened(async ({ database, statistics }) => {
    await statistics.ensure()
    await database.write((sql) => audit(sql, { at: 1, action: 'server.backup', outcome: 'success' }))
    await database.write(async (sql) => {
      await sql.run('DROP TRIGGER "AuditEvent_no_update"')
      await sql.run('UPDATE "AuditEvent" SET at = 2')
    })
  })
  expect(await complaints()).toContain('audit log wrong')
  writeFileSync(file, 'not a database at all, only a text that is long enough to be read as one')
  expect(await complaints()).toContain('database wrong')
})

test('a database of an older version is copied before it is upgraded; a newer one is refused', async () => {
  const file = join(folder, 'hims.sqlite')
  const older = join(folder, 'migrations')
  cpSync('prisma/sqlite/migrations', older, { recursive: true })
  const [newest = ''] = readdirSync(older)
    .filter((name) => /^\d/.test(name))
    .sort()
    .reverse()
  rmSync(join(older, newest), { recursive: true })
  const before = await openDatabase(config.databaseUrl, older)
  await before.write((sql) => audit(sql, { at: 1, action: 'server.backup', outcome: 'success' }))
  await before.close()
  expect(await complaints()).toContain('version look')
  expect(readdirSync(folder).filter((name) => name.includes('.before-'))).toEqual([])

  await opened(async () => undefined)
  const copy = `${file}.before-${newest}`
  expect(existsSync(copy)).toBe(true)
  expect(await complaints()).not.toContain('version look')
  // It is what it was: the older version opens it.
  copyFileSync(copy, join(folder, 'again.sqlite'))
  const again = await openDatabase(`file:${join(folder, 'again.sqlite')}`, older)
  expect(await again.read.all('SELECT at FROM "AuditEvent"')).toEqual([{ at: 1 }])
  await again.close()
  await expect(openDatabase(config.databaseUrl, older)).rejects.toThrow('newer HIMS')
})

test('a backup of an older version is restored into this one, and nothing of the way there is left behind', async () => {
  const older = join(folder, 'migrations')
  cpSync('prisma/sqlite/migrations', older, { recursive: true })
  const [newest = ''] = readdirSync(older)
    .filter((name) => /^\d/.test(name))
    .sort()
    .reverse()
  rmSync(join(older, newest), { recursive: true })
  await (await openDatabase(`file:${join(folder, 'old.sqlite')}`, older)).close()
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await restoreCommand(config, [join(folder, 'old.sqlite')])
  vi.restoreAllMocks()
  expect(readdirSync(folder).filter((name) => /part|before/.test(name))).toEqual([])
  expect(await complaints()).not.toContain('version look')
})

test('an upgrade that cannot be copied before does not begin', async () => {
  const older = join(folder, 'migrations')
  cpSync('prisma/sqlite/migrations', older, { recursive: true })
  const [newest = ''] = readdirSync(older)
    .filter((name) => /^\d/.test(name))
    .sort()
    .reverse()
  rmSync(join(older, newest), { recursive: true })
  // A name that no copy can have: SQLite's own error, as a full disk would be.
  const file = join(folder, `${'n'.repeat(240)}.db`)
  await (await openDatabase(`file:${file}`, older)).close()
  await expect(openDatabase(`file:${file}`)).rejects.toThrow('make room on the disk')
  await (await openDatabase(`file:${file}`, older)).close()
})
