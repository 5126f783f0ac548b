import type { SignedInAccount } from '#domain/accounts/account.ts'
import { refuse } from '#domain/problem.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Hello, PROTOCOL, type Welcome } from '#domain/sync/protocol.ts'
import { settingNow } from '#server/accounts/settings.ts'
import { checkpointText } from '#server/audit/checkpoint.ts'
import { newestCheckpoint } from '#server/audit/checkpoints.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { addDevice, deviceOfCredential, fits, giveCredential, isDisabled, type KnownDevice, readDevice, type Shown } from './devices.ts'
import { createEpochs } from './epoch.ts'
import { sharedUpTo } from './epochBase.ts'
import { type Head, readHead } from './head.ts'
import { roomsFor } from './sharedRooms.ts'
import { currentWitness, readWitness, sealWitness, signedWitness } from './witness.ts'

/** Who greets: with a session, with the device's credential, or with both. */
export interface Caller {
  account: SignedInAccount | null
  /** What the tablet showed when it connected; null when it showed nothing. */
  shown: Shown | null
}

/** A device that is there is written down once in a minute, unless it has something new to say. */
const SEEN_EVERY_MS = 60_000

interface Told {
  app: string
  protocol: number
  schemaVersion: number
  /** Of the account that greets. */
  unsent: number
  unsentOthers: number
  cursor: number
  repairs: number
  /** Its clock minus ours, rounded to seconds: a message takes its time. */
  clockOffset: number
}

interface SeenDevice extends KnownDevice, Told {
  lastSeenAt: number
}

/** The server's side of the handshake. Throws `Refusal` when neither session nor credential fits. */
export function createWelcome(dependencies: Dependencies, onRenewed: (head: Head) => void) {
  const { config, database, now } = dependencies
  const believe = createEpochs(dependencies, onRenewed)

  /** Takes the writer only when there is something to write. */
  async function register(caller: Caller, hello: Hello): Promise<{ device: KnownDevice; credential: string | null }> {
    const known = await seenDevice(database.read, hello.deviceId)
    const device = admitted(caller, known, await deviceOfCredential(database.read, caller.shown), hello)
    const said = toldBy(hello, caller.account?.id ?? device?.accountId ?? '', now())
    const told = hello.locked && known ? { ...said, cursor: known.cursor, repairs: known.repairs } : said
    if (known !== null && device !== null && !needsCredential(caller, known) && !isNews(known, told, now()))
      return { device, credential: null }
    return database.write(async (sql) => {
      const accountId = caller.account?.id ?? device?.accountId ?? ''
      const again = await readDevice(sql, hello.deviceId)
      if (again === null) await addDevice(sql, { id: hello.deviceId, accountId, lastN: hello.startsAfter, at: now() })
      const stored = admitted(caller, await readDevice(sql, hello.deviceId), device, hello)
      if (stored === null) throw new Error('the device that was written is missing')
      await writeTold(sql, hello.deviceId, { ...told, cursor: await cursorOfToday(sql, hello.epoch, told.cursor) }, now())
      const credential = needsCredential(caller, stored) ? await giveCredential(sql, hello.deviceId) : null
      return { device: stored, credential }
    })
  }

  return async function welcome(caller: Caller, hello: Hello): Promise<Welcome> {
    if (caller.account === null && (await deviceOfCredential(database.read, caller.shown)) === null) refuse('not-signed-in')
    await believe(readWitness(hello.witness, config.secret), hello.deviceId)
    await believe(await signedWitness(database.read, hello.auditCheckpoint ?? null, config.secret), hello.deviceId)
    const { device, credential } = await register(caller, hello)
    return database.snapshot(async (sql) => ({
      verdict: await verdictOf(sql, caller, device, hello),
      time: now(),
      epoch: (await readHead(sql)).epoch,
      epochSeq: await epochSeqFor(sql, hello.epoch),
      backedUpSeq: await backedUpSeq(sql),
      lastN: device.lastN,
      rooms: caller.account === null ? [] : await roomsFor(sql, caller.account.facilities),
      account: device.accountId,
      witness: sealWitness(await currentWitness(sql), config.secret),
      credential,
      auditCheckpoint: await newestText(sql),
      leaseDays: await settingNow(sql, 'leaseDays'),
    }))
  }
}

/** The device as this caller may greet for it; null when it is not known yet. */
function admitted({ account }: Caller, known: KnownDevice | null, proven: KnownDevice | null, hello: Hello): KnownDevice | null {
  if (account === null) return proven?.id === hello.deviceId ? (known ?? proven) : refuse('not-signed-in')
  if (known !== null && known.accountId !== account.id) refuse('not-permitted', 'the device belongs to another account')
  return known
}

/** An app that says nothing of credentials has none to keep; one that lost it, or never got the answer, is given another. */
function needsCredential({ account, shown }: Caller, device: KnownDevice): boolean {
  if (account === null) return false
  return device.credentialHash === null || (shown !== null && !fits(device, shown.credential))
}

function toldBy({ app, protocol, schema, unsent, cursor, repairs, time }: Hello, accountId: string, at: number): Told {
  const count = (own: boolean) => unsent.reduce((sum, each) => ((each.account === accountId) === own ? sum + each.count : sum), 0)
  const waiting = { unsent: count(true), unsentOthers: count(false) }
  return { app, protocol, schemaVersion: schema, ...waiting, cursor, repairs, clockOffset: Math.round((time - at) / 1000) * 1000 }
}

/** The cursor moves with every change of anybody, and a clock never stands still: neither is worth a write by itself. */
function isNews(known: SeenDevice, told: Told, at: number): boolean {
  if (at - known.lastSeenAt >= SEEN_EVERY_MS) return true
  if (Math.abs(told.clockOffset - (known.clockOffset ?? 0)) > 60_000) return true
  return (['app', 'protocol', 'schemaVersion', 'unsent', 'unsentOthers', 'repairs'] as const).some((name) => known[name] !== told[name])
}

async function seenDevice(sql: Sql, id: string): Promise<SeenDevice | null> {
  return (await sql.get<SeenDevice>('SELECT * FROM "Device" WHERE id = ?', id)) ?? null
}

async function writeTold(sql: Sql, id: string, told: Told, at: number): Promise<void> {
  await sql.run(
    `UPDATE "Device" SET app = ?, protocol = ?, "schemaVersion" = ?, unsent = ?, "unsentOthers" = ?, cursor = ?, repairs = ?, "clockOffset" = ?, "lastSeenAt" = ?
     WHERE id = ?`,
    told.app,
    told.protocol,
    told.schemaVersion,
    told.unsent,
    told.unsentOthers,
    told.cursor,
    told.repairs,
    told.clockOffset,
    at,
    id,
  )
}

async function verdictOf(sql: Sql, { account }: Caller, device: KnownDevice, hello: Hello): Promise<Welcome['verdict']> {
  if (device.revokedAt !== null || (account === null && (await isDisabled(sql, device.accountId)))) return 'wipe'
  if (account === null) return 'reauth'
  return hello.protocol < PROTOCOL || hello.schema < SCHEMA_VERSION ? 'upgrade' : 'ok'
}

/** How far the tablet is, in the numbers of today: those of a past epoch mean the same only up to where it ended. */
async function cursorOfToday(sql: Sql, epoch: string | null, cursor: number): Promise<number> {
  const head = await readHead(sql)
  if (epoch === null || epoch === head.epoch) return cursor
  return Math.min(cursor, (await sharedUpTo(sql, epoch)) ?? 0)
}

/** Up to which number the tablet's mirror and this history are the same: of the epoch it is in, else of the newest past one. */
async function epochSeqFor(sql: Sql, epoch: string | null): Promise<number> {
  const head = await readHead(sql)
  if (epoch !== null && epoch !== head.epoch) return (await sharedUpTo(sql, epoch)) ?? 0
  const newest = await sql.get<{ endSeq: number }>('SELECT "endSeq" FROM "PastEpoch" ORDER BY "endedAt" DESC LIMIT 1')
  return newest?.endSeq ?? 0
}

async function newestText(sql: Sql): Promise<string | null> {
  const newest = await newestCheckpoint(sql)
  return newest && checkpointText(newest)
}

async function backedUpSeq(sql: Sql): Promise<number> {
  const row = await sql.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM "Backup"')
  return row?.seq ?? 0
}
