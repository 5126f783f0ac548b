import { setImmediate as turn } from 'node:timers/promises'
import type { AuditEntry } from '#domain/audit/event.ts'
import type { Dialect } from '#server/database/dialect.ts'
import type { Sql } from '#server/database/sql.ts'
import { auditHashOf } from './audit.ts'
import { type Checkpoint, isCheckpointSigned, readCheckpoint } from './checkpoint.ts'
import { isFloorSound, readFloor } from './floor.ts'
import { missingGuards } from './guards.ts'
import type { IsSigned } from './keys.ts'
import type { StoredEvent } from './log.ts'

/** What a fault was found in. A checkpoint covers all events since the one before, so the first bad one may be any of them. */
export type FoundIn = 'event' | 'tail' | 'checkpoint' | 'floor' | 'kept'

export type AuditFault = { kind: 'altered' | 'cut-short'; firstBadSeq: number; foundIn: FoundIn }

export type AuditVerdict =
  | {
      kind: 'whole'
      events: number
      checkpoints: number
      /** Events up to here were removed by the rule of AUDIT_KEEP_DAYS; 0 when none were. */
      beginsAfter: number
      /** Up to here every event is under a signature. */
      signedUpTo: number
      /** Triggers and indexes that should refuse changes and are not there. */
      missingGuards: string[]
    }
  | AuditFault

export interface VerifyOptions {
  isSigned: IsSigned
  dialect: Dialect
  /** Checkpoints that were kept outside of the database, as texts. */
  kept?: readonly string[]
}

/** Rows of one read: between two, other work of the process goes on. */
const AT_ONCE = 2_000

interface Head {
  auditSeq: number
  auditHash: string
}

interface Place {
  seq: number
  hash: string
  checkpointSeq: number
  checkpoints: number
}

/**
 * Follows the chain from its beginning to the head that the Tail row names, with each checkpoint on the way. `sql` has to
 * be one state of the database. A log that was rewritten since its newest checkpoint, or cut off together with its
 * checkpoints, is whole in itself: only a kept checkpoint tells.
 */
export async function verifyLog(sql: Sql, { isSigned, dialect, kept = [] }: VerifyOptions): Promise<AuditVerdict> {
  const head = await sql.get<Head>('SELECT "auditSeq", "auditHash" FROM "Tail" WHERE id = 1')
  if (head === undefined) throw new Error('the Tail row is missing')
  const floor = await readFloor(sql)
  if (floor !== null && !(await isFloorSound(sql, floor, isSigned))) return altered(floor.seq, 'floor')
  const beginsAfter = floor?.seq ?? 0
  const end = await follow(sql, { seq: beginsAfter, hash: floor?.hash ?? '', checkpointSeq: beginsAfter, checkpoints: 0 }, isSigned)
  if ('kind' in end) return end
  const fault = (await faultOfEnd(sql, end, head)) ?? (await faultOfKept(sql, end, beginsAfter, kept, isSigned))
  if (fault !== null) return fault
  const { checkpoints, checkpointSeq } = end
  const guards = await missingGuards(sql, dialect)
  return { kind: 'whole', events: end.seq - beginsAfter, checkpoints, beginsAfter, signedUpTo: checkpointSeq, missingGuards: guards }
}

async function follow(sql: Sql, start: Place, isSigned: IsSigned): Promise<Place | AuditFault> {
  let place = start
  for (;;) {
    const events = await sql.all<StoredEvent>('SELECT * FROM "AuditEvent" WHERE seq > ? ORDER BY seq LIMIT ?', place.seq, AT_ONCE)
    const last = events.at(-1)
    if (last === undefined) return place
    const checkpoints = await checkpointsBetween(sql, place.seq, Number(last.seq))
    const next = pass(place, events, checkpoints, isSigned)
    if ('kind' in next) return next
    place = next
    await turn()
  }
}

function checkpointsBetween(sql: Sql, above: number, upTo: number): Promise<Checkpoint[]> {
  return sql.all<Checkpoint>('SELECT * FROM "AuditCheckpoint" WHERE seq > ? AND seq <= ? ORDER BY seq', above, upTo)
}

function pass(start: Place, events: readonly StoredEvent[], checkpoints: readonly Checkpoint[], isSigned: IsSigned): Place | AuditFault {
  const place = { ...start }
  const signed = new Map(checkpoints.map((checkpoint) => [checkpoint.seq, checkpoint]))
  for (const event of events) {
    if (!follows(place, event)) return altered(place.seq + 1, 'event')
    Object.assign(place, { seq: event.seq, hash: event.hash })
    const checkpoint = signed.get(event.seq)
    if (checkpoint === undefined) continue
    if (!stands(checkpoint, place, isSigned)) return altered(place.checkpointSeq + 1, 'checkpoint')
    Object.assign(place, { checkpointSeq: checkpoint.seq, checkpoints: place.checkpoints + 1 })
    signed.delete(event.seq)
  }
  // One whose number is no event's.
  return signed.size > 0 ? altered(place.checkpointSeq + 1, 'checkpoint') : place
}

function follows(last: { seq: number; hash: string }, event: StoredEvent): boolean {
  if (event.seq !== last.seq + 1 || event.previousHash !== last.hash) return false
  // Columns of null and absent fields make the same text.
  return event.hash === auditHashOf(event.seq, last.hash, event as unknown as AuditEntry)
}

function stands(checkpoint: Checkpoint, { hash, checkpointSeq }: Place, isSigned: IsSigned): boolean {
  return checkpoint.hash === hash && checkpoint.previousSeq === checkpointSeq && isCheckpointSigned(checkpoint, isSigned)
}

async function faultOfEnd(sql: Sql, { seq, hash, checkpointSeq }: Place, head: Head): Promise<AuditFault | null> {
  if (seq < head.auditSeq) return cutShort(seq + 1, 'tail')
  const beyond = await sql.get<Checkpoint>('SELECT * FROM "AuditCheckpoint" WHERE seq > ? ORDER BY seq LIMIT 1', checkpointSeq)
  if (beyond !== undefined) return beyond.seq > seq ? cutShort(seq + 1, 'checkpoint') : altered(checkpointSeq + 1, 'checkpoint')
  if (seq > head.auditSeq) return altered(head.auditSeq + 1, 'tail')
  return hash === head.auditHash ? null : altered(seq, 'tail')
}

/** What somebody kept has to be in the log: the event it signs, and its own row. What is older than the beginning says nothing. */
async function faultOfKept(
  sql: Sql,
  { seq }: Place,
  beginsAfter: number,
  kept: readonly string[],
  isSigned: IsSigned,
): Promise<AuditFault | null> {
  for (const text of kept) {
    const checkpoint = readCheckpoint(text)
    if (checkpoint === null || !isCheckpointSigned(checkpoint, isSigned)) throw new UnknownCheckpoint()
    if (checkpoint.seq <= beginsAfter) continue
    if (checkpoint.seq > seq) return cutShort(seq + 1, 'kept')
    const event = await sql.get<{ hash: string }>('SELECT hash FROM "AuditEvent" WHERE seq = ?', checkpoint.seq)
    if (event?.hash !== checkpoint.hash) return altered(checkpoint.previousSeq + 1, 'kept')
    const row = await sql.get<Checkpoint>('SELECT * FROM "AuditCheckpoint" WHERE seq = ?', checkpoint.seq)
    if (row?.signature !== checkpoint.signature) return altered(checkpoint.previousSeq + 1, 'checkpoint')
  }
  return null
}

/** What was given as a checkpoint is none of this installation. */
export class UnknownCheckpoint extends Error {}

function altered(firstBadSeq: number, foundIn: FoundIn): AuditFault {
  return { kind: 'altered', firstBadSeq, foundIn }
}

function cutShort(firstBadSeq: number, foundIn: FoundIn): AuditFault {
  return { kind: 'cut-short', firstBadSeq, foundIn }
}
