import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { audit } from '#server/audit/audit.ts'
import { checkpointText } from '#server/audit/checkpoint.ts'
import { readDatabase } from '#server/database/backup.ts'
import { openSite, type Site } from '#server/sync/sync.fixture.ts'
import { auditVerifyCommand } from './auditVerifyCommand.ts'
import { backupCommand, verifiedSeq } from './backupCommand.ts'

let site: Site
let said: string[]

beforeEach(async () => {
  said = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  site = await openSite()
})
afterEach(async () => {
  process.exitCode = undefined
  vi.restoreAllMocks()
  await site.close()
})

async function verify(...args: string[]) {
  said = []
  process.exitCode = undefined
  await auditVerifyCommand(site.config, args)
  return { code: process.exitCode, words: said.join('') }
}

const write = (count: number) =>
  site.database.write((sql) =>
    audit(sql, ...Array.from({ length: count }, () => ({ at: 1, action: 'server.backup' as const, outcome: 'success' as const }))),
  )

function intrude(file: string, statements: string): void {
  const intruder = new BetterSqlite3(join(site.folder, file))
  for (const name of ['AuditEvent_no_update', 'AuditEvent_no_delete', 'AuditCheckpoint_no_delete'])
    intruder.exec(`DROP TRIGGER IF EXISTS "${name}"`)
  intruder.exec(statements)
  intruder.close()
}

test('says in words and by its exit code whether the log is whole, altered, cut short or unguarded', async () => {
  await write(5)
  await site.services.checkpoints.look()
  expect(await verify()).toMatchObject({ code: 0, words: expect.stringContaining('whole: ') })
  intrude('hims.sqlite', '')
  expect(await verify()).toMatchObject({ code: 4, words: expect.stringContaining('AuditEvent_no_update') })
  intrude('hims.sqlite', `UPDATE "AuditEvent" SET ip = 'elsewhere' WHERE seq = 4`)
  expect(await verify()).toMatchObject({ code: 2, words: expect.stringContaining('event 4 is not what was written') })
  intrude('hims.sqlite', `DELETE FROM "AuditEvent" WHERE seq >= 4`)
  expect(await verify()).toMatchObject({ code: 3, words: expect.stringContaining('event 4 and what followed are missing') })
})

test('a backup is verified by itself, and against a checkpoint that somebody kept', async () => {
  await write(3)
  const early = await site.services.checkpoints.look()
  await backupCommand({ database: site.database }, site.config, [join(site.folder, 'old.sqlite')])
  site.clock.now += 60_000
  const late = await site.services.checkpoints.look()
  if (early === null || late === null) throw new Error('no checkpoint was made')
  const file = join(site.folder, 'old.sqlite')
  expect((await verify('--file', file)).code).toBe(0)
  expect((await verify('--file', file, '--checkpoint', checkpointText(early))).code).toBe(0)
  expect((await verify('--file', file, '--checkpoint', checkpointText(early), '--checkpoint', checkpointText(late))).code).toBe(3)
  const forged = checkpointText({ ...early, hash: late.hash })
  await expect(verify('--checkpoint', forged)).rejects.toThrow('not signed by this installation')
  await expect(verify('--chekpoint', 'x')).rejects.toThrow('audit:verify')
})

test('a file from before the checkpoints is verified as far as it goes, and is good enough to be brought back', async () => {
  await write(3)
  await backupCommand({ database: site.database }, site.config, [join(site.folder, 'old.sqlite')])
  intrude(
    'old.sqlite',
    `DROP TRIGGER "AuditFloor_on_checkpoint"; DROP TABLE "AuditFloor"; DROP TABLE "AuditCheckpoint"; DROP TABLE "AuditKey";
     DROP INDEX "AuditEvent_deviceId_seq_idx"; DROP INDEX "AuditEvent_view_key"; ALTER TABLE "AuditEvent" DROP COLUMN "deviceTime"`,
  )
  expect(await verify('--file', join(site.folder, 'old.sqlite'))).toMatchObject({ code: 4, words: expect.stringContaining('4 events') })
  expect(await readDatabase(join(site.folder, 'old.sqlite'), (sql) => verifiedSeq(sql, site.config))).toBe(1)
  intrude('old.sqlite', `UPDATE "AuditEvent" SET at = 7 WHERE seq = 2`)
  expect((await verify('--file', join(site.folder, 'old.sqlite'))).code).toBe(2)
})
