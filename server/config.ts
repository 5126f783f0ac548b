import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isTimeZone } from '#domain/calendar.ts'
import { readProxies, type TrustsProxy } from './caller.ts'
import { type Limits, limitSettings, readLimits } from './limits.ts'

/** A start that cannot go on: one sentence that says what to do. */
export class StartProblem extends Error {}

type Environment = Record<string, string | undefined>

export interface Config {
  port: number
  host: string
  /** Absolute path of the folder that holds the database, the secret and the demo's accounts. */
  dataDir: string
  databaseUrl: string
  /** What people type and links are made of, without a slash at its end. */
  origin: string
  timeZone: string
  tls: { certFile: string; keyFile: string } | null
  demo: boolean
  production: boolean
  /** Audit events older than this many days are removed; null: none ever is. */
  auditKeepDays: number | null
  /** Whether a proxy is believed when it names its caller. */
  trustsProxy: TrustsProxy
  limits: Limits
  backup: {
    /** Where the server puts a backup by itself; null: it makes none. */
    dir: string | null
    everyHours: number
    /** So many of its own stay; older ones are removed. */
    keep: number
    /** Locks backups; null: they are as readable as the database. */
    key: string | null
  }
  /** How long a process that was told to stop still answers, while /readyz sends a balancer elsewhere, ms. */
  drainMs: number
  /** Hosts that applications may be told at, `name` or `name:port`: the server asks no other one for anything. */
  webhookHosts: readonly string[]
  /** What /metrics asks for; null: there is none. */
  metricsToken: string | null
  /** Seals the signing keys of the partner API in the database. */
  secret: string
  /** Null: nobody gets mail, and administrators hand over links and codes. */
  mail: { smtpUrl: string; from: string } | null
  tries: TryLimits
}

/** How often somebody may be wrong before waiting, and how long (docs/decisions/0020). */
export interface TryLimits {
  free: number
  firstWaitS: number
  longestWaitS: number
  /** Then only a new password helps. */
  stopAt: number
  perIpAndMinute: number
}

const DEFAULT_SECRETS = ['change-me', 'changeme', 'secret', 'password']
const MORE = 'See "Settings" in README.md.'
const text = z.string().trim().min(1).optional()
const count = (usual: number) => z.coerce.number().int().min(1).max(1_000_000).default(usual)

const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().trim().min(1).default('./data'),
  DATABASE_URL: text,
  ORIGIN: text,
  TIME_ZONE: z.string().refine(isTimeZone).default('UTC'),
  TLS_CERT: text,
  TLS_KEY: text,
  DEMO: z.enum(['', '0', '1']).default(''),
  SECRET: text,
  BACKUP_DIR: text,
  BACKUP_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(10_000).default(14),
  BACKUP_KEY: z.string().min(20).max(500).optional(),
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).default(0),
  WEBHOOK_HOSTS: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\s*,\s*([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?)*$/)
    .optional(),
  METRICS_TOKEN: z.string().trim().min(16).max(500).optional(),
  AUDIT_KEEP_DAYS: z.coerce.number().int().min(30).max(36_500).optional(),
  SMTP_URL: z
    .string()
    .trim()
    .regex(/^smtps?:\/\/\S+$/)
    .optional(),
  MAIL_FROM: text,
  TRIES_FREE: count(5),
  TRIES_FIRST_WAIT_S: count(30),
  TRIES_LONGEST_WAIT_S: count(900),
  TRIES_STOP_AT: count(100),
  TRIES_PER_IP_AND_MINUTE: count(20),
  TRUST_PROXY: z.string().default(''),
  ...limitSettings,
  NODE_ENV: z.string().default('production'),
})

const EXPECTED: Record<string, string> = {
  PORT: 'a number from 1 to 65535',
  TIME_ZONE: 'the name of a time zone such as Africa/Nairobi',
  DEMO: '1 or nothing',
  METRICS_TOKEN: '16 characters or more',
  WEBHOOK_HOSTS: 'names of hosts such as partner.example.org, separated by commas',
  BACKUP_HOURS: 'a whole number from 1 to 720',
  BACKUP_KEEP: 'a whole number from 1 to 10000',
  BACKUP_KEY: '20 characters or more',
  DRAIN_SECONDS: 'a whole number from 0 to 60',
  AUDIT_KEEP_DAYS: 'a number of days from 30 to 36500, or nothing',
  SMTP_URL: 'an address such as smtp://user:password@mail.example.org:587',
}

/** Reads the settings, all with a safe default. Throws `StartProblem`. */
export function readConfig(env: Environment = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) throw new StartProblem(settingInWords(parsed.error, env))
  const settings = parsed.data
  const dataDir = resolve(settings.DATA_DIR)
  const tls = readTls(settings.TLS_CERT, settings.TLS_KEY)
  const origin = readOrigin(settings.ORIGIN, settings.PORT, settings.HOST, tls !== null)
  const databaseUrl = readDatabaseUrl(settings.DATABASE_URL, dataDir)
  makeFolder(dataDir)
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir,
    databaseUrl,
    origin,
    timeZone: settings.TIME_ZONE,
    tls,
    demo: settings.DEMO === '1',
    trustsProxy: readTrust(settings.TRUST_PROXY),
    limits: readLimits(settings),
    backup: {
      dir: settings.BACKUP_DIR === undefined ? null : resolve(settings.BACKUP_DIR),
      everyHours: settings.BACKUP_HOURS,
      keep: settings.BACKUP_KEEP,
      key: settings.BACKUP_KEY ?? null,
    },
    drainMs: settings.DRAIN_SECONDS * 1000,
    webhookHosts: settings.WEBHOOK_HOSTS?.split(',').map((host) => host.trim()) ?? [],
    metricsToken: settings.METRICS_TOKEN ?? null,
    production: settings.NODE_ENV === 'production',
    auditKeepDays: settings.AUDIT_KEEP_DAYS ?? null,
    secret: readSecret(settings.SECRET, dataDir, databaseUrl),
    mail: readMail(settings.SMTP_URL, settings.MAIL_FROM),
    tries: {
      free: settings.TRIES_FREE,
      firstWaitS: settings.TRIES_FIRST_WAIT_S,
      longestWaitS: settings.TRIES_LONGEST_WAIT_S,
      stopAt: settings.TRIES_STOP_AT,
      perIpAndMinute: settings.TRIES_PER_IP_AND_MINUTE,
    },
  }
}

/** Of `DATABASE_URL`; anything else is a file of SQLite. */
export function isPostgresql(databaseUrl: string): boolean {
  return /^postgres(ql)?:\/\//.test(databaseUrl)
}

function settingInWords(error: z.ZodError, env: Environment): string {
  const name = String(error.issues[0]?.path[0])
  const expected =
    EXPECTED[name] ?? (name in limitSettings ? error.issues[0]?.message : name.startsWith('TRIES_') ? 'a whole number from 1' : 'a value')
  // An address of a mail server holds its password, and a token is one.
  const given = ['SMTP_URL', 'METRICS_TOKEN', 'BACKUP_KEY'].includes(name) ? '' : ` is "${env[name] ?? ''}" but`
  return `${name}${given} must be ${expected}. ${MORE}`
}

function readTrust(setting: string): TrustsProxy {
  const trusts = readProxies(setting)
  if (trusts === null) {
    throw new StartProblem(
      `TRUST_PROXY is "${setting}" but must be addresses such as 10.0.0.7 or 10.0.0.0/24, separated by commas. ${MORE}`,
    )
  }
  return trusts
}

function readTls(certFile?: string, keyFile?: string): Config['tls'] {
  if (certFile === undefined && keyFile === undefined) return null
  if (certFile === undefined || keyFile === undefined)
    throw new StartProblem(`TLS_CERT and TLS_KEY go together: set both or neither. ${MORE}`)
  for (const file of [certFile, keyFile]) {
    if (!existsSync(file)) throw new StartProblem(`The TLS file ${file} does not exist: correct TLS_CERT and TLS_KEY. ${MORE}`)
  }
  return { certFile, keyFile }
}

function readDatabaseUrl(given: string | undefined, dataDir: string): string {
  if (given === undefined) return `file:${join(dataDir, 'hims.sqlite')}`
  if (given.startsWith('file:') || (isPostgresql(given) && URL.canParse(given))) return given
  // It may hold a password.
  throw new StartProblem(
    `DATABASE_URL must start with file: or be an address such as postgresql://user:password@host/hims; leave it out for SQLite in DATA_DIR. ${MORE}`,
  )
}

function readMail(smtpUrl?: string, from?: string): Config['mail'] {
  if (smtpUrl === undefined && from === undefined) return null
  if (smtpUrl === undefined || from === undefined)
    throw new StartProblem(`SMTP_URL and MAIL_FROM go together: set both or neither. ${MORE}`)
  return { smtpUrl, from }
}

function readOrigin(given: string | undefined, port: number, host: string, tls: boolean): string {
  const origin = given ?? `${tls ? 'https' : 'http'}://localhost:${port}`
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/') {
    throw new StartProblem(`ORIGIN is "${origin}" but must be an address such as https://clinic.example.org. ${MORE}`)
  }
  if (!isLoopback(host) && url.protocol !== 'https:') {
    throw new StartProblem(
      `HOST is ${host}, so other machines can connect, but tablets need a secure address: set ORIGIN to the https address, or TLS_CERT and TLS_KEY. ${MORE}`,
    )
  }
  return url.origin
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host)
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch {
    throw new StartProblem(`The folder ${dataDir} cannot be made or written: correct DATA_DIR or its permissions. ${MORE}`)
  }
}

/** SECRET, or the one made at the first start. A database that has lost its secret must not be started with a new one. */
function readSecret(given: string | undefined, dataDir: string, databaseUrl: string): string {
  if (given !== undefined) {
    if (given.length < 32 || DEFAULT_SECRETS.includes(given.toLowerCase()) || /^change/i.test(given)) {
      throw new StartProblem(`SECRET is too short or still the example: use 32 random characters or more, or leave it out. ${MORE}`)
    }
    return given
  }
  const file = join(dataDir, 'secret')
  if (existsSync(file)) {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length < 32) throw new StartProblem(`The file ${file} is damaged: bring it back from a backup. ${MORE}`)
    return secret
  }
  const databaseFile = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : null
  if (databaseFile === null)
    throw new StartProblem(`SECRET is missing: set it to 32 random characters or more, the same on every node. ${MORE}`)
  if (existsSync(databaseFile)) {
    throw new StartProblem(
      `The database ${databaseFile} is there but its secret ${file} is missing: bring the file back from a backup, or set SECRET. ${MORE}`,
    )
  }
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
