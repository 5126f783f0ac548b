import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Sql } from '#server/database/sql.ts'
import type { Author, Batch } from './batch.ts'

/** A row of the Device table, as far as push and hello decide by it. */
export interface KnownDevice {
  id: string
  accountId: string
  lastN: number
  revokedAt: number | null
  wipedAt: number | null
  credentialHash: string | null
}

/** What a tablet shows beside the session's cookie (socket.handshake.auth). */
export interface Shown {
  deviceId: string
  credential: string | null
}

const CREDENTIAL_BYTES = 32

export async function readDevice(sql: Sql, id: string): Promise<KnownDevice | null> {
  const text = 'SELECT id, "accountId", "lastN", "revokedAt", "wipedAt", "credentialHash" FROM "Device" WHERE id = ?'
  return (await sql.get<KnownDevice>(text, id)) ?? null
}

/** @param device.lastN its numbers begin above this one */
export async function addDevice(sql: Sql, device: { id: string; accountId: string; lastN: number; at: number }): Promise<void> {
  const { id, accountId, lastN, at } = device
  const text = 'INSERT INTO "Device" (id, "accountId", "lastN", "createdAt", "lastSeenAt") VALUES (?, ?, ?, ?, ?)'
  await sql.run(text, id, accountId, lastN, at, at)
}

/** The device that a credential is good for; it opens nothing but hello, quarantine and wiped. */
export async function deviceOfCredential(sql: Sql, shown: Shown | null): Promise<KnownDevice | null> {
  if (!shown?.credential) return null
  const device = await readDevice(sql, shown.deviceId)
  return device !== null && fits(device, shown.credential) ? device : null
}

export function fits({ credentialHash }: Pick<KnownDevice, 'credentialHash'>, credential: string | null): boolean {
  if (credentialHash === null || !credential) return false
  return timingSafeEqual(Buffer.from(credentialHash, 'hex'), Buffer.from(hashOf(credential), 'hex'))
}

/** An account that is gone counts as disabled. */
export async function isDisabled(sql: Sql, accountId: string): Promise<boolean> {
  const account = await sql.get<{ disabledAt: unknown }>('SELECT "disabledAt" FROM "Account" WHERE id = ?', accountId)
  return account === undefined || account.disabledAt !== null
}

/** 256 random bits need no slow hash: nobody can guess them, stored or not. */
export async function giveCredential(sql: Sql, deviceId: string): Promise<string> {
  const credential = randomBytes(CREDENTIAL_BYTES).toString('base64url')
  await sql.run('UPDATE "Device" SET "credentialHash" = ? WHERE id = ?', hashOf(credential), deviceId)
  return credential
}

/** Below all numbers that a device gives, and room for as many above it. */
const BESIDE = -1_000_000_000

/** The next number for a change that came by another way than the device's own push: it takes none of theirs. */
export async function numberBeside({ sql, steps }: Batch, { accountId, deviceId }: Author): Promise<number> {
  const text = 'SELECT max(n) AS newest FROM "Push" WHERE "deviceId" = ? AND "accountId" = ? AND n < 0'
  const row = await sql.get<{ newest: number | null }>(text, deviceId, accountId)
  const own = steps.filter(({ author, change }) => author.deviceId === deviceId && author.accountId === accountId && change.n < 0)
  return Math.max(row?.newest ?? BESIDE, ...own.map(({ change }) => change.n)) + 1
}

function hashOf(credential: string): string {
  return createHash('sha256').update(credential).digest('hex')
}
