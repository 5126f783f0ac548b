import { refuse } from '#domain/problem.ts'
import { CHANGE_BYTES, type Change, type PushResult, SCHEMA_VERSION, type VoidChange } from '#domain/sync/change.ts'
import type { PushAnswer } from '#domain/sync/protocol.ts'
import { applySafely } from './applySafely.ts'
import type { Author, Batch } from './batch.ts'
import { addDevice, numberBeside, readDevice } from './devices.ts'
import { withoutErased } from './erased.ts'
import { voidRejection } from './issues.ts'
import { begin } from './outcome.ts'
import { applyParked } from './parked.ts'

export type Sent = Change | VoidChange

/** What to tell the device, but for the witness: that is known after the commit. */
export type PushEnd = Omit<PushAnswer, 'witness'>

/**
 * Takes the changes of one device in their order, each for itself, inside one transaction.
 * Throws `Refusal` when none of them can be taken now; nothing is written then.
 */
export async function pushChanges(batch: Batch, author: Author, changes: readonly Sent[]): Promise<PushEnd> {
  for (const change of changes) checkEnvelope(author, change)
  const known = await seenBefore(batch, author, changes)
  let lastN = await lastNumber(batch, author)
  const results: PushResult[] = []
  for (const change of changes) {
    const result = await takeOne(batch, author, change, lastN, known)
    results.push(result)
    if (result.outcome === 'gap' || result.outcome === 'fork') break
    lastN = Math.max(lastN, change.n)
  }
  await batch.sql.run('UPDATE "Device" SET "lastN" = ?, "lastSeenAt" = ? WHERE id = ?', lastN, batch.now, author.deviceId)
  return { results, lastN }
}

function checkEnvelope(author: Author, change: Sent): void {
  if (change.deviceId !== author.deviceId) refuse('not-permitted', 'a change of another device')
  if (change.op === 'void') return
  if (change.actor !== author.accountId) refuse('not-permitted', 'a change of another account')
  if (Buffer.byteLength(JSON.stringify(change)) > CHANGE_BYTES) refuse('too-large', `a change of more than ${CHANGE_BYTES} bytes`)
  if (change.schemaVersion > SCHEMA_VERSION) refuse('unavailable', 'the app is newer than the server')
}

/** The device's last number. A device belongs to one account for ever. */
async function lastNumber({ sql, now }: Batch, { accountId, deviceId }: Author): Promise<number> {
  const device = await readDevice(sql, deviceId)
  if (device === null) await addDevice(sql, { id: deviceId, accountId, lastN: 0, at: now })
  if (device !== null && device.accountId !== accountId) refuse('not-permitted', 'the device belongs to another account')
  if (device !== null && device.revokedAt !== null) refuse('not-permitted', 'the device was revoked')
  return device?.lastN ?? 0
}

async function takeOne(batch: Batch, author: Author, change: Sent, lastN: number, known: Known): Promise<PushResult> {
  if (change.n > lastN + 1 && !batch.without.has('number-gap')) return bare(change, 'gap')
  const before = known(change) ?? repeatedInBatch(batch, author, change)
  if (before) return batch.without.has('repeat') ? applyTwice(batch, author, change) : before
  if (change.n <= lastN) return bare(change, 'fork')
  return takeNew(batch, author, change)
}

async function takeNew(batch: Batch, author: Author, change: Sent): Promise<PushResult> {
  if (change.op === 'void') return takeVoid(batch, author, change)
  const result = await applySafely(batch, author, change)
  if (result.outcome !== 'parked' && result.outcome !== 'rejected') await applyParked(batch, change.recordId)
  return result
}

type Known = (change: Sent) => PushResult | null
type StoredResult = Pick<PushResult, 'changeId' | 'outcome' | 'seq' | 'reason' | 'newId'> & { accountId: string }

/**
 * A change that came before gets the answer it had, whatever number it has now: a tablet that renumbered after a fork
 * may send again what had arrived. The same number with a change never seen is the fork itself.
 */
export async function seenBefore({ sql }: Batch, { accountId }: Author, changes: readonly Sent[]): Promise<Known> {
  const text = 'SELECT "changeId", "accountId", outcome, seq, reason, "newId" FROM "Push" WHERE "changeId" = ?'
  const stored = new Map<string, StoredResult>()
  for (const { changeId } of changes) {
    const row = await sql.get<StoredResult>(text, changeId)
    if (row === undefined) continue
    if (row.accountId !== accountId) refuse('not-permitted', 'a change of another account')
    stored.set(changeId, row)
  }
  return ({ n, changeId }) => {
    const row = stored.get(changeId)
    if (row === undefined) return null
    const { outcome, seq, reason, newId } = row
    return { n, changeId, outcome, seq, reason, newId, repeated: true }
  }
}

/** It came in the same transaction: its number is given at the commit, so the answer looks it up when it is read. */
export function repeatedInBatch(batch: Batch, { accountId }: Author, { n, changeId }: Sent): PushResult | null {
  const staged = batch.steps.find((step) => step.push !== null && step.change.changeId === changeId)
  if (staged === undefined) return null
  if (staged.author.accountId !== accountId) refuse('not-permitted', 'a change of another account')
  const { result } = staged
  return {
    ...result,
    n,
    repeated: true,
    get seq() {
      return result.seq
    },
  }
}

/** A test's switch: as if the server did not know its own changes again (domain/sync/guards.ts). */
async function applyTwice(batch: Batch, author: Author, change: Sent): Promise<PushResult> {
  const n = await numberBeside(batch, author)
  const changeId = `${String(-n).slice(-8)}${change.changeId.slice(8)}`
  const result = await takeNew(batch, author, { ...change, n, changeId })
  return Object.assign(result, { n: change.n, changeId: change.changeId })
}

export async function takeVoid(batch: Batch, author: Author, change: VoidChange): Promise<PushResult> {
  const nobody = voidChange(batch, author, change)
  const step = begin(batch, author, nobody)
  Object.assign(step.result, { outcome: 'rejected', reason: 'unreadable' })
  if (step.push) step.push.body = JSON.stringify(await withoutErased(batch, change))
  batch.steps.push(step)
  await voidRejection(batch, step, nobody.recordId, change)
  return step.result
}

/** A void as a change of a record that nobody has: its id tells whose number it took. */
export function voidChange(batch: Batch, author: Author, { text: _, ...change }: VoidChange): Change {
  return {
    ...change,
    collection: 'clients',
    recordId: `void.${change.deviceId.slice(0, 40)}.${change.n}`,
    op: 'edit',
    fields: {},
    base: 0,
    actor: author.accountId,
    deviceTime: batch.now,
    schemaVersion: SCHEMA_VERSION,
  }
}

function bare(change: Sent, outcome: 'gap' | 'fork'): PushResult {
  return { n: change.n, changeId: change.changeId, outcome, seq: 0, reason: null, newId: null, repeated: false }
}
