import { refuse } from '#domain/problem.ts'
import { CHANGE_BYTES, type Change, type PushResult, SCHEMA_VERSION, type VoidChange } from '#domain/sync/change.ts'
import type { PushAnswer } from '#domain/sync/protocol.ts'
import { applyChange, begin, reject } from './apply.ts'
import type { Author, Batch } from './batch.ts'
import { applyParked } from './parked.ts'

type Sent = Change | VoidChange

/**
 * Takes the changes of one device in their order, each for itself, inside one transaction.
 * Throws `Refusal` when none of them can be taken now; nothing is written then.
 */
export async function pushChanges(batch: Batch, author: Author, changes: readonly Sent[]): Promise<PushAnswer> {
  for (const change of changes) checkEnvelope(author, change)
  let lastN = await readDevice(batch, author)
  const results: PushResult[] = []
  for (const change of changes) {
    const result = await takeOne(batch, author, change, lastN)
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
async function readDevice(batch: Batch, author: Author): Promise<number> {
  const device = await batch.sql.get<{ accountId: string; lastN: number }>(
    'SELECT "accountId", "lastN" FROM "Device" WHERE id = ?',
    author.deviceId,
  )
  if (device === undefined) {
    await batch.sql.run(
      'INSERT INTO "Device" (id, "accountId", "lastN", "createdAt", "lastSeenAt") VALUES (?, ?, 0, ?, ?)',
      author.deviceId,
      author.accountId,
      batch.now,
      batch.now,
    )
    return 0
  }
  if (device.accountId !== author.accountId) refuse('not-permitted', 'the device belongs to another account')
  return device.lastN
}

async function takeOne(batch: Batch, author: Author, change: Sent, lastN: number): Promise<PushResult> {
  if (change.n > lastN + 1) return bare(change, 'gap')
  const known = await seenBefore(batch, author, change)
  if (known) return known
  if (change.n <= lastN) return bare(change, 'fork')
  if (change.op === 'void') return takeVoid(batch, author, change)
  const result = await applySafely(batch, author, change)
  if (result.outcome !== 'parked' && result.outcome !== 'rejected') await applyParked(batch, change.recordId)
  return result
}

/**
 * A change that came before gets the answer it had, whatever number it has now: a tablet that renumbered after a fork
 * may send again what had arrived. The same number with a change never seen is the fork itself.
 */
async function seenBefore(batch: Batch, author: Author, change: Sent): Promise<PushResult | null> {
  const staged = batch.steps.find((step) => step.change.changeId === change.changeId)
  if (staged) return staged.result
  const row = await batch.sql.get<Pick<PushResult, 'outcome' | 'seq' | 'reason' | 'newId'>>(
    'SELECT outcome, seq, reason, "newId" FROM "Push" WHERE "changeId" = ? AND "accountId" = ?',
    change.changeId,
    author.accountId,
  )
  return row ? { n: change.n, changeId: change.changeId, ...row } : null
}

/** A change that fails in a way nobody foresaw is kept whole for the administrator; those behind it go on. */
async function applySafely(batch: Batch, author: Author, change: Change): Promise<PushResult> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await batch.attempt(() => applyChange(batch, author, structuredClone(change)))
    } catch (error) {
      if (isDatabaseError(error)) throw error
      if (tries === 2) return reject(batch, begin(batch, author, change), change, 'internal')
    }
  }
}

function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError'
}

async function takeVoid(batch: Batch, author: Author, change: VoidChange): Promise<PushResult> {
  const placeholder: Change = {
    ...change,
    collection: 'clients',
    recordId: `void-${change.n}`,
    op: 'edit',
    fields: {},
    base: 0,
    actor: author.accountId,
    deviceTime: batch.now,
    schemaVersion: SCHEMA_VERSION,
  }
  return reject(batch, begin(batch, author, placeholder), placeholder, 'unreadable')
}

function bare(change: Sent, outcome: 'gap' | 'fork'): PushResult {
  return { n: change.n, changeId: change.changeId, outcome, seq: 0, reason: null, newId: null }
}
