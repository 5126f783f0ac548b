import type { CollectionName } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import { type TallyRecord, tallyDifference } from '#domain/statistics/tally.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { type StoredRecord, writeRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Batch, StagedRecord, Step } from './batch.ts'
import { noteDuplicates } from './duplicates.ts'

/** A room's collection that moved on to `seq`. */
export interface Moved {
  collection: CollectionName
  room: string
  seq: number
}

/** Writes the batch: duplicates, counters, numbers, and then every row. Answers what moved, for the live tablets. */
export async function commit(batch: Batch): Promise<Moved[]> {
  if (batch.steps.length === 0) return []
  await noteDuplicates(batch)
  const first = await takeNumbers(
    batch.sql,
    batch.steps.length,
    batch.steps.flatMap((step) => step.audit),
  )
  number(batch, first)
  for (const staged of batch.records.values()) await writeStaged(batch.sql, staged)
  for (const [counter, amount] of counterDifferences(batch)) await addToCounter(batch.sql, counter, amount)
  for (const step of batch.steps) await writeStep(batch, step)
  return moves(batch.records.values())
}

/** Each step takes one number, and its records with it; records that belong to no step take the last. */
function number(batch: Batch, first: number): void {
  const last = first + batch.steps.length - 1
  for (const staged of batch.records.values()) staged.after = { ...staged.after, seq: last }
  batch.steps.forEach((step, index) => {
    step.result.seq = first + index
    for (const key of step.touched) {
      const staged = batch.records.get(key)
      if (staged) staged.after = { ...staged.after, seq: step.result.seq }
    }
  })
}

async function writeStaged(sql: Sql, { collection, before, after }: StagedRecord): Promise<void> {
  await writeRecord(sql, collection, after)
  const from = before === null ? null : collection.roomOf(before.fields)
  const to = collection.roomOf(after.fields)
  if (from === null || from === to) return
  await sql.run(
    `INSERT INTO "Departed" ("recordId", collection, "facilityId", seq) VALUES (?, ?, ?, ?)
     ON CONFLICT ("recordId", "facilityId") DO UPDATE SET seq = excluded.seq`,
    after.id,
    collection.name,
    from,
    after.seq,
  )
  await sql.run('DELETE FROM "Departed" WHERE "recordId" = ? AND "facilityId" = ?', after.id, to)
}

function counterDifferences(batch: Batch): Map<string, number> {
  const total = new Map<string, number>()
  for (const { collection, before, after } of batch.records.values()) {
    const difference = tallyDifference(collection.name, before && tallied(before), tallied(after), batch.timeZone)
    for (const [counter, amount] of difference) total.set(counter, (total.get(counter) ?? 0) + amount)
  }
  return total
}

function tallied({ fields, deleted, createdAt }: StoredRecord): TallyRecord {
  return { fields, deleted, createdAt }
}

async function addToCounter(sql: Sql, counter: string, amount: number): Promise<void> {
  if (amount === 0) return
  await sql.run(
    'INSERT INTO "Counter" (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "Counter".value + excluded.value',
    counter,
    amount,
  )
}

async function writeStep({ sql, now }: Batch, { author, change, history, result, push }: Step): Promise<void> {
  for (const row of history) {
    await sql.run(
      `INSERT INTO "Change" ("changeId", field, collection, "recordId", op, "from", old, "to", outcome, "actorId", "deviceId", "deviceTime", at, seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      change.changeId,
      row.field,
      row.collection,
      row.recordId,
      change.op,
      json(row.from),
      json(row.current),
      json(row.to),
      row.outcome,
      author.accountId,
      author.deviceId,
      change.deviceTime,
      now,
      result.seq,
    )
  }
  if (push === null) return
  const stored = [result.outcome, result.seq, result.reason, result.newId, push.body]
  if (push.parkedBefore) {
    await sql.run(
      'UPDATE "Push" SET outcome = ?, seq = ?, reason = ?, "newId" = ?, body = ?, "parentId" = ? WHERE "changeId" = ?',
      ...stored,
      push.parentId,
      change.changeId,
    )
    return
  }
  await sql.run(
    `INSERT INTO "Push" ("changeId", "deviceId", "accountId", n, collection, "recordId", "parentId", "receivedAt", outcome, seq, reason, "newId", body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    change.changeId,
    author.deviceId,
    author.accountId,
    change.n,
    push.collection,
    push.recordId,
    push.parentId,
    now,
    ...stored,
  )
}

function json(value: Scalar): string | null {
  return value === null ? null : JSON.stringify(value)
}

function moves(staged: Iterable<StagedRecord>): Moved[] {
  const rooms = new Map<string, Moved>()
  const note = (collection: CollectionName, room: string, seq: number) => {
    const key = `${collection}|${room}`
    const known = rooms.get(key)
    if (known === undefined || known.seq < seq) rooms.set(key, { collection, room, seq })
  }
  for (const { collection, before, after } of staged) {
    note(collection.name, collection.roomOf(after.fields), after.seq)
    if (before) note(collection.name, collection.roomOf(before.fields), after.seq)
  }
  return [...rooms.values()]
}
