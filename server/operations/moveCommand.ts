import { signaturesOf } from '#server/audit/keys.ts'
import { verifyLog } from '#server/audit/verify.ts'
import { type Config, isPostgresql, StartProblem } from '#server/config.ts'
import { isAlone, readState } from '#server/database/backup.ts'
import { openDatabase } from '#server/database/database.ts'
import { fillPostgresql } from '#server/database/fill.ts'
import { readHead } from '#server/sync/head.ts'
import { say } from './announce.ts'
import { databaseFile } from './backupCommand.ts'

const USAGE = 'Say where it goes: npm run database:move -- postgresql://user:password@host/database'

/**
 * `npm run database:move -- URL`, while no server runs: everything of the SQLite file goes to an empty PostgreSQL, and is
 * read again from there. Epoch and numbers stay, so tablets notice nothing. The file stays as it is.
 */
export async function moveCommand(config: Config, [url, ...more]: string[]): Promise<void> {
  if (url === undefined || more.length > 0 || !isPostgresql(url) || !URL.canParse(url)) throw new StartProblem(USAGE)
  const file = databaseFile(config)
  if (!isAlone(file)) throw new StartProblem(`A server or a command is working on ${file}: stop it first.`)
  // Of this version, before it is copied.
  await (await openDatabase(config.databaseUrl)).close()
  const { contents } = await fillPostgresql(url, file, false).catch(refuse)
  const { chain, head } = await readState(url, async (sql, dialect) => ({
    chain: await verifyLog(sql, { isSigned: await signaturesOf(sql, config.secret), dialect }),
    head: await readHead(sql),
  }))
  if (chain.kind !== 'whole' || chain.missingGuards.length > 0)
    throw new StartProblem(`The audit log is not whole there (${chain.kind}): do not use it, and tell us.`)
  for (const [name, { rows }] of contents) if (rows > 0) say(`${name.padEnd(20)} ${rows}`)
  say(`Everything is there, row by row the same, up to change ${head.seq} of the same epoch. Its audit log is whole.`)
  say(`Now set DATABASE_URL to it and SECRET to what the file "secret" of ${config.dataDir} holds, and start the server.`)
  say(`${file} stays as it is: once all is well, take it away, or a start without DATABASE_URL goes on with it.`)
}

function refuse(error: unknown): never {
  if (error instanceof StartProblem) throw error
  throw new StartProblem(`It could not be copied (${error instanceof Error ? error.message : error}). Nothing was changed.`)
}
