import { refuse } from '#domain/problem.ts'
import type { Change } from '#domain/sync/change.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Author, Batch } from './batch.ts'
import { isDisabled, type KnownDevice, numberBeside, readDevice } from './devices.ts'
import { answerErased, isAboutErased, withoutErased } from './erased.ts'
import { voidRejection } from './issues.ts'
import { begin, reject } from './outcome.ts'
import { repeatedInBatch, type Sent, seenBefore, voidChange } from './push.ts'
import { facilitiesOf } from './waiting.ts'

export interface Handed {
  /** How many of them the server has now, by whichever way they came. */
  received: number
}

/** Who hands in: by a session, or by the device's credential alone. */
export interface HandingIn {
  account: { id: string } | null
  device: KnownDevice | null
  ip?: string
}

/**
 * W1, W3: what a device hands in that may not push. Each change is recorded once and kept whole, as rejected, with a
 * question at a facility that its author had. Nothing is applied, nothing depends on numbers, and nothing is refused for
 * what is in it: the device forgets all of it afterwards.
 */
export async function quarantineChanges(batch: Batch, caller: HandingIn, changes: readonly Sent[]): Promise<Handed> {
  const { id: deviceId, accountId } = await handingDevice(batch.sql, caller, changes[0]?.deviceId ?? '')
  const author: Author = { accountId, deviceId, facilities: await facilitiesOf(batch, accountId), ip: caller.ip }
  for (const change of changes) if (change.deviceId !== deviceId) refuse('not-permitted', 'a change of another device')
  const known = await seenBefore(batch, author, changes)
  for (const change of changes) {
    if (known(change) ?? repeatedInBatch(batch, author, change)) continue
    await quarantineOne(batch, author, change)
  }
  return { received: changes.length }
}

/** A device that may still push does so; handing in is for one that was revoked, or that has nothing but its credential. */
async function handingDevice(sql: Sql, caller: HandingIn, deviceId: string): Promise<KnownDevice> {
  const known = await ownDevice(sql, caller, deviceId)
  if (caller.account !== null && known.revokedAt === null) refuse('not-permitted', 'the device was not revoked')
  return known
}

/** The device that a caller speaks for. Throws `Refusal` for any other. */
export async function ownDevice(sql: Sql, { account, device }: HandingIn, deviceId: string): Promise<KnownDevice> {
  const known = device ?? (await readDevice(sql, deviceId))
  if (known === null || known.id !== deviceId) refuse('not-permitted', 'another device')
  if (account !== null && known.accountId !== account.id) refuse('not-permitted', 'the device belongs to another account')
  return known
}

export async function quarantineOne(batch: Batch, author: Author, sent: Sent): Promise<void> {
  const n = await numberInOrder(batch, author, sent.n)
  if (sent.op === 'void') return setAside(batch, author, voidChange(batch, author, sent), n, await withoutErased(batch, sent))
  await setAside(batch, author, sent, n, sent)
}

async function setAside(batch: Batch, author: Author, change: Change, n: number, whole: Sent): Promise<void> {
  const step = begin(batch, author, { ...change, n })
  if (await isAboutErased(batch, author, change)) return void answerErased(batch, step)
  for (const entry of step.audit) entry.action = 'device.quarantined'
  if (whole.op === 'void') {
    Object.assign(step.result, { outcome: 'rejected', reason: 'quarantined' })
    batch.steps.push(step)
    await voidRejection(batch, step, change.recordId, whole)
  } else await reject(batch, step, change, 'quarantined')
  if (step.push) step.push.body = JSON.stringify(whole)
}

/** Its own number where that is the next one, so that the device's own push goes on behind it; else one that takes nobody's place. */
export async function numberInOrder(batch: Batch, author: Author, n: number): Promise<number> {
  const device = await readDevice(batch.sql, author.deviceId)
  if (device === null || n !== device.lastN + 1) return numberBeside(batch, author)
  await batch.sql.run('UPDATE "Device" SET "lastN" = ? WHERE id = ?', n, author.deviceId)
  return n
}

/**
 * W2: the device holds nothing any more. Said again it changes nothing; a server that was put back to before it asked for
 * this has nothing to note, and the device need not say it again.
 */
export async function noteWiped(sql: Sql, caller: HandingIn, deviceId: string, at: number): Promise<void> {
  const known = caller.device ?? (await readDevice(sql, deviceId))
  if (known === null || (known.revokedAt === null && !(await isDisabled(sql, known.accountId)))) return
  await handingDevice(sql, caller, deviceId)
  const changed = await sql.run('UPDATE "Device" SET "wipedAt" = ?, unsent = 0 WHERE id = ? AND "wipedAt" IS NULL', at, deviceId)
  if (changed > 0) await audit(sql, { at, action: 'device.wiped', outcome: 'success', deviceId, subject: deviceId })
}
