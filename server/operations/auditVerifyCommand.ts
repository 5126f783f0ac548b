import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keptToCompare } from '#server/audit/kept.ts'
import { signaturesOf } from '#server/audit/keys.ts'
import { standInForOlder } from '#server/audit/older.ts'
import { type AuditVerdict, UnknownCheckpoint, verifyLog } from '#server/audit/verify.ts'
import { wordsOf } from '#server/audit/words.ts'
import { type Config, isPostgresql, StartProblem } from '#server/config.ts'
import { readState } from '#server/database/backup.ts'
import { say } from './announce.ts'
import { isLocked } from './lockedFile.ts'

const USAGE = 'use: npm run audit:verify -- [--file FILE] [--checkpoint TEXT]...'

/** For scripts. 1 is any command that failed. */
const EXIT_CODES = { whole: 0, altered: 2, 'cut-short': 3 } as const
const UNGUARDED = 4

/**
 * `npm run audit:verify`, also while the server runs: it reads one state and writes nothing. A backup is compared only with
 * the checkpoints that are given, because the one beside the database may be newer than it.
 */
export async function auditVerifyCommand(config: Config, args: string[]): Promise<void> {
  const { file, checkpoint = [] } = parse(args)
  const url = file === undefined ? config.databaseUrl : `file:${resolve(file)}`
  if (!isPostgresql(url)) await refuseUnreadable(url.slice('file:'.length))
  const verdict = await readState(url, async (sql, dialect) => {
    if (dialect === 'sqlite') await standInForOlder(sql)
    const isSigned = await signaturesOf(sql, config.secret)
    const beside = file === undefined ? keptToCompare(config.dataDir, isSigned) : []
    return verifyLog(sql, { isSigned, dialect, kept: [...beside, ...checkpoint] })
  }).catch(refuse)
  for (const line of wordsOf(verdict)) say(line)
  process.exitCode = exitCodeOf(verdict)
}

async function refuseUnreadable(file: string): Promise<void> {
  if (!existsSync(file)) throw new StartProblem(`There is no file ${file}.`)
  if (await isLocked(file)) throw new StartProblem(`${file} is locked: it was verified when it was made, and is again when it is restored.`)
}

function exitCodeOf(verdict: AuditVerdict): number {
  return verdict.kind === 'whole' && verdict.missingGuards.length > 0 ? UNGUARDED : EXIT_CODES[verdict.kind]
}

function parse(args: string[]) {
  try {
    const options = { file: { type: 'string' }, checkpoint: { type: 'string', multiple: true } } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : String(error)}; ${USAGE}`)
  }
}

function refuse(error: unknown): never {
  if (error instanceof UnknownCheckpoint)
    throw new StartProblem(
      'The checkpoint was not signed by this installation, or it is not whole: compare it with the text that was kept.',
    )
  throw error
}
