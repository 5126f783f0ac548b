import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { audit } from '#server/audit/audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { backupCommand, noteBackup } from './backupCommand.ts'
import { createBackups } from './backups.ts'
import { isLocked, lockFile, unlockFile } from './lockedFile.ts'
import { restoreCommand } from './restoreCommand.ts'

const HOUR_MS = 3_600_000
const KEY = 'a key of more than twenty letters'

let folder: string
const at = (name: string) => join(folder, name)
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  folder = mkdtempSync(join(tmpdir(), 'hims-backups-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

describe('a locked file', () => {
  test.each([0, 1, 65_536, 200_001])('of %i bytes comes back as it was, and only by its key', async (bytes) => {
    const content = Buffer.alloc(bytes, 'Amina')
    writeFileSync(at('plain'), content)
    await lockFile(at('plain'), at('locked'), KEY)
    expect(await isLocked(at('locked'))).toBe(true)
    expect(await isLocked(at('plain'))).toBe(false)
    if (bytes > 10) expect(readFileSync(at('locked')).includes('Amina')).toBe(false)
    await unlockFile(at('locked'), at('again'), KEY)
    expect(readFileSync(at('again')).equals(content)).toBe(true)
    await expect(unlockFile(at('locked'), at('never'), `${KEY}x`)).rejects.toThrow('another BACKUP_KEY, or it was changed')
  })

  test('that was changed anywhere, or cut off, is told', async () => {
    writeFileSync(at('plain'), Buffer.alloc(100_000, 7))
    await lockFile(at('plain'), at('locked'), KEY)
    const size = readFileSync(at('locked')).length
    for (const place of [9, 30, 40, 50_000, size - 20, size - 1]) {
      const bytes = readFileSync(at('locked'))
      bytes[place] = (bytes[place] ?? 0) ^ 1
      writeFileSync(at('changed'), bytes)
      await expect(unlockFile(at('changed'), at('never'), KEY), String(place)).rejects.toThrow('changed')
    }
    for (const length of [8, 40, size - 1]) {
      copyFileSync(at('locked'), at('cut'))
      truncateSync(at('cut'), length)
      await expect(unlockFile(at('cut'), at('never'), KEY), String(length)).rejects.toThrow(/changed|cut off/)
    }
  })
})

test('a backup with a key is readable by nobody else, and is restored with it only', async () => {
  const settings = { DATA_DIR: at('data') }
  const config = readConfig({ ...settings, BACKUP_KEY: KEY })
  const database = await openDatabase(config.databaseUrl)
  await database.write((sql) => audit(sql, { at: 1, action: 'server.backup', outcome: 'success', route: 'Zawadikanari' }))
  await backupCommand({ database }, config, [at('locked.sqlite')])
  await database.close()
  const bytes = readFileSync(at('locked.sqlite'))
  expect(readFileSync(at('data/hims.sqlite')).includes('SQLite format')).toBe(true)
  for (const text of ['SQLite format', 'Zawadikanari']) expect(bytes.includes(text)).toBe(false)
  expect(readdirSync(at('data')).filter((name) => name.endsWith('.part'))).toEqual([])
  await expect(restoreCommand(readConfig(settings), [at('locked.sqlite')])).rejects.toThrow('set BACKUP_KEY')
  await expect(restoreCommand(readConfig({ ...settings, BACKUP_KEY: `${KEY}x` }), [at('locked.sqlite')])).rejects.toThrow(
    'another BACKUP_KEY',
  )
  expect(readdirSync(at('data')).filter((name) => name.includes('replaced') || name.includes('.part'))).toEqual([])
  await restoreCommand(config, [at('locked.sqlite')])
  const again = await openDatabase(config.databaseUrl)
  expect(await again.read.get(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'server.restored'`)).toEqual({ n: 1 })
  await again.close()
})

test('the server makes one when the newest is too old, keeps so many of its own, and leaves other files alone', async () => {
  const config = readConfig({ DATA_DIR: at('data'), BACKUP_DIR: at('backups'), BACKUP_KEEP: '2', BACKUP_HOURS: '24' })
  const database = await openDatabase(config.databaseUrl)
  let now = Date.UTC(2026, 4, 4)
  let fails = false
  const make = async (file: string) => {
    if (fails) throw new Error('disk is full')
    writeFileSync(file, 'a copy')
    await database.write((sql) => noteBackup(sql, { seq: 0, at: now, file: 'x' }))
  }
  const backups = createBackups({ config, database, now: () => now, make })
  const files = () => readdirSync(at('backups')).sort()
  expect(await backups.look()).toBe(at('backups/hims-2026-05-04T00-00-00Z.sqlite'))
  writeFileSync(at('backups/notes.txt'), 'not ours')
  now += 23 * HOUR_MS
  expect(await backups.look()).toBeNull()
  for (let day = 0; day < 3; day += 1) {
    now += 24 * HOUR_MS
    await backups.look()
  }
  expect(files()).toEqual(['hims-2026-05-06T23-00-00Z.sqlite', 'hims-2026-05-07T23-00-00Z.sqlite', 'notes.txt'])
  fails = true
  now += 24 * HOUR_MS
  await expect(backups.look()).rejects.toThrow('disk is full')
  expect(files()).toHaveLength(3)
  await database.close()
})
