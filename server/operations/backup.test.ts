import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clientChange, helloOf, openSite, type Site } from '#server/sync/sync.fixture.ts'
import { backupCommand } from './backupCommand.ts'
import { restoreCommand } from './restoreCommand.ts'

let site: Site
let n = 0
const DEVICE = 'device-amina'
const at = (name: string) => join(site.folder, name)
const backup = (name: string) => backupCommand({ database: site.database }, site.config, [at(name)])
const restore = (name: string) => restoreCommand(site.config, [at(name)])

async function register(): Promise<number> {
  n += 1
  const author = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
  const { results } = await site.services.records.push(author, [clientChange(DEVICE, 'amina', n)])
  return results[0]?.seq ?? 0
}

async function greet(witness: string | null = null) {
  const account = { id: 'amina', name: '', email: '', roles: ['doctor' as const], facilities: ['main'] }
  return site.services.records.welcome({ account, shown: null }, helloOf(DEVICE, { witness }))
}

beforeEach(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  n = 0
  site = await openSite()
  await site.addDoctor('amina')
})
afterEach(async () => {
  vi.restoreAllMocks()
  await site.close()
})

describe('a backup', () => {
  test('is made beside a running server, is one whole file, and its number is told to tablets', async () => {
    const seq = await register()
    await backup('yesterday.sqlite')
    await register()
    expect((await greet()).backedUpSeq).toBe(seq)
    expect(readdirSync(site.folder).filter((name) => name.startsWith('yesterday'))).toEqual(['yesterday.sqlite'])
    await backup('today.sqlite')
    expect((await greet()).backedUpSeq).toBe(seq + 1)
  })
  test('never takes the place of another file, and one that is not whole is no backup', async () => {
    writeFileSync(at('taken.sqlite'), 'something')
    await expect(backup('taken.sqlite')).rejects.toThrow('exists already')
    await register()
    await site.database.write((sql) => sql.run('UPDATE "Tail" SET "auditSeq" = "auditSeq" + 1'))
    await expect(backup('bad.sqlite')).rejects.toThrow('not good')
    expect(readdirSync(site.folder).filter((name) => name.startsWith('bad'))).toEqual([])
    expect((await greet()).backedUpSeq).toBe(0)
  })
})

describe('a restore', () => {
  test('R1: begins a new epoch at the number of the backup, and keeps what was there', async () => {
    const seq = await register()
    await backup('yesterday.sqlite')
    await register()
    const before = await greet()
    await site.database.close()
    await restore('yesterday.sqlite')
    await site.reopen()
    const after = await greet(before.witness)
    expect(after.epoch).not.toBe(before.epoch)
    expect(after).toMatchObject({ epochSeq: seq, lastN: 1, backedUpSeq: seq })
    expect(await site.row('SELECT count(*) AS n FROM "Client"')).toEqual({ n: 1 })
    expect(await site.row(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'server.restored'`)).toEqual({ n: 1 })
    expect(readdirSync(site.folder).filter((name) => name.includes('.replaced-'))).toHaveLength(1)
    expect(existsSync(at('hims.sqlite.part'))).toBe(false)
    // The tablet's witness is of the epoch that ended: it changes nothing any more.
    expect((await greet(before.witness)).epoch).toBe(after.epoch)
  })
  test('is refused while a server runs, and the server goes on', async () => {
    await backup('yesterday.sqlite')
    await expect(restore('yesterday.sqlite')).rejects.toThrow('stop it first')
    expect(await register()).toBeGreaterThan(0)
  })
  test('of what is no backup changes nothing', async () => {
    writeFileSync(at('letter.txt'), 'no database at all, but long enough to be read as one'.repeat(40))
    await site.database.close()
    await expect(restore('letter.txt')).rejects.toThrow('no database of HIMS')
    await expect(restore('nothing.sqlite')).rejects.toThrow('There is no file')
    await site.reopen()
    expect(await register()).toBeGreaterThan(0)
    expect(readdirSync(site.folder).filter((name) => name.includes('.replaced-'))).toEqual([])
  })
  test('works where the database is damaged beyond opening', async () => {
    await register()
    await backup('yesterday.sqlite')
    await site.database.close()
    writeFileSync(at('hims.sqlite'), 'no database any more'.repeat(100))
    await restore('yesterday.sqlite')
    await site.reopen()
    expect(await site.row('SELECT count(*) AS n FROM "Client"')).toEqual({ n: 1 })
  })
})
