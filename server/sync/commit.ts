import type { Scalar } from '#domain/scalars.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { isDatabaseError } from '#server/database/failure.ts'
import { writeRecords } from '#server/database/records.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import { addToCounters, counterDifferences } from '#server/statistics/counters.ts'
import type { Batch, StagedRecord, Step } from './batch.ts'
import { mayResemble, noteDuplicatesOf } from './duplicates.ts'
import { noteInManifest } from './manifest.ts'
import { noteRooms } from './sharedRooms.ts'
import type { Committed } from './stream.ts'

/** Writes the batch: duplicates, numbers, and then every row with its sums. Null when there is nothing to write. */
export async function commit(batch: Batch): Promise<Committed | null> {
  const { sql, steps, head } = batch
  if (steps.length === 0) return null
  await lookForDuplicates(batch)
  const entries = steps.flatMap((step) => step.audit)
  const first = await takeNumbers(sql, steps.length, entries)
  number(batch, first)
  const records = [...batch.records.values()]
  await writeStaged(sql, records)
  await noteInManifest(sql, records)
  await addToCounters(sql, await counterDifferences(batch))
  await writeSteps(batch)
  return { epoch: head.epoch, first, last: first + steps.length - 1, records }
}

/** Finding who resembles whom is a help: when it fails for one client, the change of that client stands without it. */
async function lookForDuplicates(batch: Batch): Promise<void> {
  for (const staged of [...batch.records.values()]) {
    if (!mayResemble(staged)) continue
    await batch.sql.run('SAVEPOINT duplicates')
    try {
      await batch.attempt(() => noteDuplicatesOf(batch, staged))
    } catch (error) {
      if (isDatabaseError(error)) throw error
      await batch.sql.run('ROLLBACK TO duplicates')
    }
    await batch.sql.run('RELEASE duplicates')
  }
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

async function writeStaged(sql: Sql, records: readonly StagedRecord[]): Promise<void> {
  for (const collection of new Set(records.map((staged) => staged.collection))) {
    const own = records.filter((staged) => staged.collection === collection)
    await writeRecords(
      sql,
      collection,
      own.map(({ after }) => after),
    )
  }
  for (const staged of records) await noteMove(sql, staged)
  await noteRooms(sql, records)
}

async function noteMove(sql: Sql, { collection, before, after }: StagedRecord): Promise<void> {
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

const INSERT_CHANGE = `INSERT INTO "Change" ("changeId", field, collection, "recordId", op, "from", old, "to", outcome, "actorId", "deviceId", "deviceTime", at, seq, "resentEpoch", "resentSeq")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_PUSH = `INSERT INTO "Push" ("changeId", "deviceId", "accountId", n, collection, "recordId", "parentId", "receivedAt", outcome, seq, reason, "newId", body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

async function writeSteps({ sql, steps, now }: Batch): Promise<void> {
  await sql.runEach(
    INSERT_CHANGE,
    steps.flatMap((step) => historyRows(step, now)),
  )
  await sql.runEach(
    INSERT_PUSH,
    steps.flatMap((step) => pushRow(step, now)),
  )
  // One that waited may have been taken in the same batch that it came in.
  for (const step of steps) await writeAnswer(sql, step)
}

function historyRows({ author, change, history, result }: Step, now: number): SqlValue[][] {
  return history.map((row) => [
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
    change.resent?.epoch ?? null,
    change.resent?.seq ?? null,
  ])
}

function pushRow({ author, change, result, push }: Step, now: number): SqlValue[][] {
  if (push === null || push.parkedBefore) return []
  const { collection, recordId, parentId, body } = push
  const { outcome, seq, reason, newId } = result
  const { accountId, deviceId } = author
  return [[change.changeId, deviceId, accountId, change.n, collection, recordId, parentId, now, outcome, seq, reason, newId, body]]
}

/** Of a change that was kept here: what became of it. */
async function writeAnswer(sql: Sql, { change, push, result }: Step): Promise<void> {
  if (push === null || !push.parkedBefore) return
  await sql.run(
    'UPDATE "Push" SET outcome = ?, seq = ?, reason = ?, "newId" = ?, body = ?, "parentId" = ? WHERE "changeId" = ?',
    result.outcome,
    result.seq,
    result.reason,
    result.newId,
    push.body,
    push.parentId,
    change.changeId,
  )
}

function json(value: Scalar): string | null {
  return value === null ? null : JSON.stringify(value)
}
