import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { audit } from '#server/audit/audit.ts'
import { signaturesOf } from '#server/audit/keys.ts'
import { standInForOlder } from '#server/audit/older.ts'
import { verifyLog } from '#server/audit/verify.ts'
import { type Config, StartProblem } from '#server/config.ts'
import { copyDatabase, flawOf, readDatabase, toDisk } from '#server/database/backup.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Services } from '#server/services.ts'
import { readHead } from '#server/sync/head.ts'
import { say } from './announce.ts'
import { lockFile } from './lockedFile.ts'

/** `npm run backup -- FILE`, also while the server runs. What was verified is noted, so that tablets may forget their copies. */
export async function backupCommand({ database }: Pick<Services, 'database'>, config: Config, [file, ...more]: string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new StartProblem('Say where the backup goes: npm run backup -- FILE')
  const to = resolve(file)
  if (existsSync(to)) throw new StartProblem(`${to} exists already: a backup never takes the place of another file.`)
  const part = `${to}.part`
  // What is to be locked lies open in our own folder only.
  const copy = config.backup.key === null ? part : join(config.dataDir, `backup-${randomUUID()}.part`)
  try {
    if (database.dialect === 'postgresql') await copyToFile(database, copy)
    else await copyDatabase(databaseFile(config), copy)
    const seq = await readDatabase(copy, (sql) => verifiedSeq(sql, config))
    if (config.backup.key !== null) {
      await lockFile(copy, part, config.backup.key)
      toDisk(part)
    }
    renameSync(part, to)
    await database.write((sql) => noteBackup(sql, { seq, at: Date.now(), file: basename(to) }))
    say(`${to} holds everything up to change ${seq}. Keep the file "secret" of ${config.dataDir} with it, or SECRET if you set it.`)
    if (config.backup.key !== null) say('It is locked: without BACKUP_KEY nobody opens it, not even you.')
  } finally {
    rmSync(part, { force: true })
    rmSync(copy, { force: true })
  }
}

/** A backup of PostgreSQL is a file of SQLite too: either can be restored into either. */
async function copyToFile(database: Pick<Services['database'], 'copyTo'>, file: string): Promise<void> {
  await database.copyTo(file)
  toDisk(file)
}

/** The file that holds the data. Throws `StartProblem` where the database is no file. */
export function databaseFile({ databaseUrl }: Pick<Config, 'databaseUrl'>): string {
  if (!databaseUrl.startsWith('file:'))
    throw new StartProblem('DATABASE_URL is an address of PostgreSQL already: this is for a file of SQLite.')
  return resolve(databaseUrl.slice('file:'.length))
}

/** The number up to which a copy holds everything. Throws `StartProblem` for one that is not whole. */
export async function verifiedSeq(sql: Sql, { secret }: Pick<Config, 'secret'>): Promise<number> {
  await standInForOlder(sql)
  const flaw = await flawOf(sql)
  if (flaw !== null) throw new StartProblem(`The copy is not good: ${flaw}.`)
  const chain = await verifyLog(sql, { isSigned: await signaturesOf(sql, secret), dialect: 'sqlite' })
  if (chain.kind !== 'whole') throw new StartProblem(`The copy is not good: its audit log is ${chain.kind} at line ${chain.firstBadSeq}.`)
  return (await readHead(sql)).seq
}

export async function noteBackup(sql: Sql, { seq, at, file }: { seq: number; at: number; file: string }): Promise<void> {
  await sql.run('INSERT INTO "Backup" (id, seq, at, file) VALUES (?, ?, ?, ?)', randomUUID(), seq, at, file)
  await audit(sql, { at, action: 'server.backup', outcome: 'success', actorId: 'operator', route: 'backup' })
}
