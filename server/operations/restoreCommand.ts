import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { forgetCheckpoint } from '#server/audit/kept.ts'
import { type Config, isPostgresql, StartProblem } from '#server/config.ts'
import { isAlone, readDatabase, toDisk } from '#server/database/backup.ts'
import { openDatabase } from '#server/database/database.ts'
import { fillPostgresql } from '#server/database/fill.ts'
import { withoutPassword } from '#server/database/postgresql.ts'
import { createServices } from '#server/services.ts'
import { renewEpoch } from '#server/sync/epoch.ts'
import { readHead } from '#server/sync/head.ts'
import { say } from './announce.ts'
import { databaseFile, noteBackup, verifiedSeq } from './backupCommand.ts'
import { isLocked, unlockFile } from './lockedFile.ts'

/**
 * `npm run restore -- FILE`, while no server runs. A new epoch begins in the copy before it takes the place of today's
 * file, so that every tablet sends again what the backup lacks. The file that was there stays beside it.
 */
export async function restoreCommand(config: Config, [file, ...more]: string[]): Promise<void> {
  if (file === undefined || more.length > 0) throw new StartProblem('Say what is brought back: npm run restore -- FILE')
  const from = resolve(file)
  if (!existsSync(from)) throw new StartProblem(`There is no file ${from}.`)
  const isServer = isPostgresql(config.databaseUrl)
  const target = isServer ? intoPostgresql(config.databaseUrl) : intoFile(databaseFile(config), from)
  const part = isServer ? join(config.dataDir, 'restore.part') : `${databaseFile(config)}.part`
  try {
    if (await isLocked(from)) await unlockFile(from, part, keyOf(config, from))
    else copyFileSync(from, part)
    await readDatabase(part, (sql) => verifiedSeq(sql, config)).catch((error) => refuseFile(from, error))
    const { seq, erased } = await beginNewEpoch(config, part, basename(from))
    toDisk(part)
    const { name, kept } = await target(part)
    forgetCheckpoint(config.dataDir)
    say(`${name} is back at change ${seq}.`)
    if (erased > 0) say(`${erased} clients in it had been erased since: they were erased again.`)
    if (kept !== null) say(`What was there before is kept as ${kept}.`)
    say('Start the server. The tablets will send again what they have and this backup lacks.')
  } finally {
    // An older backup was migrated on its way, after a copy: it lies in the backup itself.
    for (const name of readdirSync(dirname(part))) if (name.startsWith(basename(part))) rmSync(join(dirname(part), name))
  }
}

/** Takes the place of what is there. @returns what was replaced, and where that is now */
type Target = (part: string) => Promise<{ name: string; kept: string | null }>

function intoFile(current: string, from: string): Target {
  if (from === current) throw new StartProblem(`${from} is the database itself.`)
  if (!isAlone(current)) throw new StartProblem(`A server or a command is working on ${current}: stop it first.`)
  return async (part) => {
    const kept = keepBeside(current)
    renameSync(part, current)
    return { name: current, kept }
  }
}

function intoPostgresql(url: string): Target {
  return async (part) => {
    const { kept } = await fillPostgresql(url, part, true)
    return { name: withoutPassword(url), kept: kept && `schema ${kept}` }
  }
}

async function beginNewEpoch(config: Config, part: string, file: string): Promise<{ seq: number; erased: number }> {
  const database = await openDatabase(`file:${part}`)
  try {
    const seq = await database.write(async (sql) => {
      const at = Date.now()
      const { seq } = await readHead(sql)
      await renewEpoch(sql, { at, foundAt: seq, action: 'server.restored', actorId: 'operator' })
      await noteBackup(sql, { seq, at, file })
      return seq
    })
    // Whoever was erased since the backup must not be in the file for a moment.
    return { seq, erased: await createServices(config, database).records.eraseAgain() }
  } finally {
    await database.close()
  }
}

/** @returns the new name of the file that was there; null when there was none */
function keepBeside(current: string): string | null {
  if (!existsSync(current)) return null
  const kept = `${current}.replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`
  // Its log too, where it could not be folded in: a damaged database may need it.
  for (const end of ['', '-wal', '-shm']) if (existsSync(current + end)) renameSync(current + end, kept + end)
  return kept
}

function keyOf({ backup }: Config, file: string): string {
  if (backup.key === null) throw new StartProblem(`${file} is locked: set BACKUP_KEY to the key it was locked with.`)
  return backup.key
}

function refuseFile(file: string, error: unknown): never {
  if (error instanceof StartProblem) throw error
  throw new StartProblem(`${file} is no database of HIMS (${error instanceof Error ? error.message : error}).`)
}
