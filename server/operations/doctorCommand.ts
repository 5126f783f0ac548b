import { X509Certificate } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { keptToCompare } from '#server/audit/kept.ts'
import { signaturesOf } from '#server/audit/keys.ts'
import { verifyLog } from '#server/audit/verify.ts'
import { wordsOf } from '#server/audit/words.ts'
import { type Config, isLoopback, isPostgresql, StartProblem } from '#server/config.ts'
import { flawOf, readState } from '#server/database/backup.ts'
import type { Dialect } from '#server/database/dialect.ts'
import { type Applied, missing, readMigrations } from '#server/database/migrate.ts'
import type { Sql } from '#server/database/sql.ts'
import { unseal } from '#server/partners/seal.ts'
import { counterFaults } from '#server/statistics/counters.ts'
import { say } from './announce.ts'
import { databaseFile } from './backupCommand.ts'

/** `ok`, `look`: it works, and somebody should see to it; `wrong`: it does not, or data is at risk. */
export interface Finding {
  about: string
  state: 'ok' | 'look' | 'wrong'
  /** What is so, and where it is not ok, what to do. */
  words: string
}

const MB = 1024 * 1024
const DAY_MS = 86_400_000
const LEAST_FREE = 100 * MB
/** A clock may be this much behind what was written last before it is called wrong. */
const CLOCK_MS = 5 * 60_000
const BACKUP_DAYS = 7
const CERTIFICATE_DAYS = 30

/** `npm run doctor`, also while the server runs: looks at everything, changes nothing. Ends with 1 when something is wrong. */
export async function doctorCommand(config: Config, args: string[]): Promise<void> {
  if (args.length > 0) throw new StartProblem('The doctor takes no options: npm run doctor')
  const findings = await examine(config, Date.now())
  const width = Math.max(...findings.map(({ about }) => about.length))
  for (const { about, state, words } of findings) say(`${state.padEnd(5)}  ${about.padEnd(width)}  ${words}`)
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  const look = findings.filter(({ state }) => state === 'look').length
  say(wrong + look === 0 ? '\nAll is well.' : `\n${wrong} wrong, ${look} to be looked at.`)
  process.exitCode = wrong === 0 ? 0 : 1
}

/** @param now UTC ms */
export async function examine(config: Config, now: number): Promise<Finding[]> {
  const file = isPostgresql(config.databaseUrl) ? null : databaseFile(config)
  const around = [folderOf(config), await diskOf(config, file), originOf(config), certificateOf(config, now)].flatMap((one) => one ?? [])
  if (file && !existsSync(file)) return [...around, finding('database', 'look', `There is none yet at ${file}: npm start makes it.`)]
  try {
    return [...around, ...(await readState(config.databaseUrl, (sql, dialect) => examineDatabase(sql, { config, now, dialect })))]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [...around, finding('database', 'wrong', `It cannot be read (${reason}): bring back a backup with npm run restore -- FILE.`)]
  }
}

interface Examined {
  config: Config
  now: number
  dialect: Dialect
}

async function examineDatabase(sql: Sql, { config, now, dialect }: Examined): Promise<Finding[]> {
  const migrations = await migrationsOf(sql, dialect)
  const flaw = await flawOf(sql, dialect)
  const whole =
    flaw === null
      ? finding('database', 'ok', dialect === 'sqlite' ? 'Whole: every page, every count, every reference.' : 'Whole: every count.')
      : finding('database', 'wrong', `${flaw}: bring back a backup, and tell us.`)
  // The other questions are asked of tables that a database of an older version may not have.
  if (migrations.state !== 'ok') return [whole, migrations]
  return [
    whole,
    migrations,
    await clockOf(sql, now),
    await keysOf(sql, config),
    await auditOf(sql, config, dialect),
    await totalsOf(sql, config),
    await backupOf(sql, now),
  ]
}

function folderOf({ dataDir }: Config): Finding {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return finding('folder', 'wrong', `${dataDir} cannot be written by this account: correct DATA_DIR or its permissions.`)
  }
  const isOpen = (statSync(dataDir).mode & 0o077) !== 0
  if (isOpen) return finding('folder', 'look', `Other accounts of this machine can look into ${dataDir}: chmod 700 ${dataDir}`)
  return finding('folder', 'ok', dataDir)
}

async function diskOf({ dataDir }: Config, file: string | null): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const size = file && existsSync(file) ? statSync(file).size : 0
  const here = `${Math.floor(free / MB)} MB free`
  const words =
    file === null ? `${here} in ${dataDir}; the database has a disk of its own` : `${here}, the database has ${Math.ceil(size / MB)} MB`
  if (free < LEAST_FREE) return finding('disk', 'wrong', `${words}: make room now, or nothing more can be saved.`)
  // An erasure, an upgrade and a trial of an import each need a second copy.
  if (free < size * 1.5) return finding('disk', 'look', `${words}: an upgrade and an erasure need room for a copy.`)
  return finding('disk', 'ok', `${words}.`)
}

function originOf({ origin }: Config): Finding {
  const { protocol, hostname } = new URL(origin)
  if (protocol === 'https:') return finding('address', 'ok', origin)
  if (isLoopback(hostname)) return finding('address', 'look', `${origin} opens on this machine only: tablets need an https ORIGIN.`)
  return finding('address', 'wrong', `${origin} is not https: no tablet works offline with it.`)
}

function certificateOf({ tls }: Config, now: number): Finding | null {
  if (tls === null) return null
  try {
    const { validFrom, validTo } = new X509Certificate(readFileSync(tls.certFile))
    const days = Math.floor((Date.parse(validTo) - now) / DAY_MS)
    if (Date.parse(validFrom) > now) return finding('certificate', 'wrong', `It is good from ${validFrom} on only: look at the clock.`)
    if (days < 0) return finding('certificate', 'wrong', `It ended on ${validTo}: renew it, or no tablet connects.`)
    return finding('certificate', days < CERTIFICATE_DAYS ? 'look' : 'ok', `It ends in ${days} days (${validTo}).`)
  } catch {
    return finding('certificate', 'wrong', `${tls.certFile} is no certificate: correct TLS_CERT.`)
  }
}

async function migrationsOf(sql: Sql, dialect: Dialect): Promise<Finding> {
  const applied = await sql.all<Applied>('SELECT migration_name AS name, checksum FROM "_prisma_migrations"')
  try {
    const left = missing(applied, readMigrations(`prisma/${dialect}/migrations`)).length
    if (left === 0) return finding('version', 'ok', `The database is of this version (${applied.length} migrations).`)
    return finding('version', 'look', `${left} migrations are missing: npm start applies them, after a copy of the database.`)
  } catch (error) {
    return finding('version', 'wrong', (error as Error).message)
  }
}

async function clockOf(sql: Sql, now: number): Promise<Finding> {
  const newest = await sql.get<{ at: number }>('SELECT at FROM "AuditEvent" ORDER BY seq DESC LIMIT 1')
  const behind = Number(newest?.at ?? 0) - now
  if (behind <= CLOCK_MS) return finding('clock', 'ok', `${new Date(now).toISOString()}, not before what was written last.`)
  return finding(
    'clock',
    'wrong',
    `It is ${Math.ceil(behind / 60_000)} minutes behind what was written last: set it, with NTP where there is a network.`,
  )
}

async function keysOf(sql: Sql, { secret }: Config): Promise<Finding> {
  const rows = [
    ...(await sql.all<{ id: string; sealed: string }>('SELECT kid AS id, "sealedPrivate" AS sealed FROM "SigningKey"')),
    ...(await sql.all<{ id: string; sealed: string }>('SELECT kid AS id, "sealedPrivate" AS sealed FROM "SealingKey"')),
    ...(await sql.all<{ id: string; sealed: string }>('SELECT id, "sealedPrivate" AS sealed FROM "AuditKey"')),
  ]
  const shut = rows.filter(({ id, sealed }) => unseal(sealed, secret, id) === null).length
  if (shut === 0) return finding('keys', 'ok', `The secret opens all ${rows.length} keys.`)
  return finding(
    'keys',
    'wrong',
    `The secret does not open ${shut} of ${rows.length} keys: bring back SECRET or the file "secret" of this database.`,
  )
}

async function auditOf(sql: Sql, { secret, dataDir }: Config, dialect: Dialect): Promise<Finding> {
  const isSigned = await signaturesOf(sql, secret)
  const verdict = await verifyLog(sql, { isSigned, dialect, kept: keptToCompare(dataDir, isSigned) })
  const isGood = verdict.kind === 'whole' && verdict.missingGuards.length === 0
  return finding('audit log', isGood ? 'ok' : 'wrong', wordsOf(verdict).join(' '))
}

async function totalsOf(sql: Sql, { timeZone }: Config): Promise<Finding> {
  const faults = await counterFaults(sql, timeZone)
  if (faults.length === 0) return finding('totals', 'ok', 'The figures are those of the records.')
  return finding('totals', 'look', `${faults.length} totals are not those of the records: npm run statistics:rebuild`)
}

async function backupOf(sql: Sql, now: number): Promise<Finding> {
  const at = Number((await sql.get<{ at: number | null }>('SELECT MAX(at) AS at FROM "Backup"'))?.at ?? 0)
  if (at === 0) return finding('backup', 'look', 'There was none yet: npm run backup -- FILE, on another disk.')
  const days = Math.floor((now - at) / DAY_MS)
  const words = `The newest is ${days} days old.`
  return days > BACKUP_DAYS ? finding('backup', 'look', `${words} npm run backup -- FILE`) : finding('backup', 'ok', words)
}

function finding(about: string, state: Finding['state'], words: string): Finding {
  return { about, state, words }
}
