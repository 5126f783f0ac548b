import { collections } from '#domain/collections.ts'
import { personOf, TALLY_VERSION, type TallyRecord, tally, tallyDifference } from '#domain/statistics/tally.ts'
import { type StoredRecord, toStored } from '#server/database/records.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'
import type { Batch } from '#server/sync/batch.ts'
import { recordKey } from '#server/sync/recordKey.ts'

/** A row of its own among the totals: which words they were counted by. */
const VERSION_KEY = 'version'
const AT_ONCE = 2_000

/** How the totals change by what a batch is about to write. An enrollment's depend on its client too. */
export async function counterDifferences(batch: Batch): Promise<Map<string, number>> {
  const total = new Map<string, number>()
  const add = (difference: ReadonlyMap<string, number>) => {
    for (const [counter, amount] of difference) total.set(counter, (total.get(counter) ?? 0) + amount)
  }
  for (const { collection, before, after } of batch.records.values()) {
    const persons = collection.name === 'enrollments' ? await personsOf(batch, before ?? after, after) : undefined
    add(tallyDifference(collection.name, before && tallied(before), tallied(after), batch.timeZone, persons))
    if (collection.name === 'clients' && before !== null) add(await differencesOfOthers(batch, before, after))
  }
  return total
}

/** An enrollment may hang on another client than before: they were joined. */
async function personsOf(batch: Batch, before: StoredRecord, after: StoredRecord) {
  const clientOf = async (enrollment: StoredRecord, state: 'before' | 'after') => {
    const id = String(enrollment.fields.clientId)
    const staged = batch.records.get(recordKey(collections.clients, id))
    return staged ? staged[state] : batch.load(collections.clients, id)
  }
  return { before: personOf(await clientOf(before, 'before')), after: personOf(await clientOf(after, 'after')) }
}

/** Of the enrollments of a client whose sex or year of birth is another now, and that the batch leaves as they are. */
async function differencesOfOthers(batch: Batch, before: StoredRecord, after: StoredRecord): Promise<Map<string, number>> {
  const persons = { before: personOf(before), after: personOf(after) }
  const total = new Map<string, number>()
  if (persons.before.sex === persons.after.sex && persons.before.year === persons.after.year) return total
  const rows = await batch.sql.all<Record<string, SqlValue>>('SELECT * FROM "Enrollment" WHERE "clientId" = ? AND deleted = ?', after.id, 0)
  for (const row of rows) {
    const enrollment = toStored(collections.enrollments, row)
    if (batch.records.has(recordKey(collections.enrollments, enrollment.id))) continue
    const same = tallied(enrollment)
    for (const [counter, amount] of tallyDifference('enrollments', same, same, batch.timeZone, persons)) {
      total.set(counter, (total.get(counter) ?? 0) + amount)
    }
  }
  return total
}

function tallied({ fields, deleted, createdAt }: StoredRecord): TallyRecord {
  return { fields, deleted, createdAt }
}

export async function addToCounters(sql: Sql, differences: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...differences].filter(([, amount]) => amount !== 0)
  await sql.runEach(
    'INSERT INTO "Counter" (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "Counter".value + excluded.value',
    rows,
  )
}

/** The totals as the records themselves give them. */
export async function recount(sql: Sql, timeZone: string): Promise<Map<string, number>> {
  const total = new Map<string, number>()
  for (const name of ['programs', 'clients', 'enrollments', 'issues'] as const) {
    const collection = collections[name]
    const isOfSomebody = name === 'enrollments'
    const person = isOfSomebody ? ', c.sex AS "personSex", c."bornOn" AS "personBornOn"' : ''
    const join = isOfSomebody ? ' LEFT JOIN "Client" c ON c.id = r."clientId"' : ''
    for (let after = ''; ; ) {
      const rows = await sql.all<Record<string, SqlValue>>(
        `SELECT r.*${person} FROM "${collection.table}" r${join} WHERE r.id > ? ORDER BY r.id LIMIT ?`,
        after,
        AT_ONCE,
      )
      for (const row of rows) {
        const fields = { sex: (row.personSex ?? null) as string | null, bornOn: (row.personBornOn ?? null) as string | null }
        const record = toStored(collection, row)
        for (const counter of tally(name, tallied(record), timeZone, personOf({ fields })))
          total.set(counter, (total.get(counter) ?? 0) + 1)
        after = record.id
      }
      if (rows.length < AT_ONCE) break
    }
  }
  return total
}

export interface CounterFault {
  key: string
  kept: number
  counted: number
}

/** What is kept and is not what the records give. */
export async function counterFaults(sql: Sql, timeZone: string): Promise<CounterFault[]> {
  const counted = await recount(sql, timeZone)
  const rows = await sql.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE key <> ?', VERSION_KEY)
  const kept = new Map(rows.map(({ key, value }) => [key, value]))
  const keys = [...new Set([...counted.keys(), ...kept.keys()])].sort()
  return keys.flatMap((key) => {
    const fault = { key, kept: kept.get(key) ?? 0, counted: counted.get(key) ?? 0 }
    return fault.kept === fault.counted ? [] : [fault]
  })
}

/** Counts everything anew. To be called in a transaction. */
export async function rebuildCounters(sql: Sql, timeZone: string): Promise<void> {
  const counted = await recount(sql, timeZone)
  await sql.run('DELETE FROM "Counter"')
  await addToCounters(sql, counted)
  await addToCounters(sql, new Map([[VERSION_KEY, TALLY_VERSION]]))
}

/** Whether the totals were counted by the words of today. */
export async function areCountersOfToday(sql: Sql): Promise<boolean> {
  const row = await sql.get<{ value: number }>('SELECT value FROM "Counter" WHERE key = ?', VERSION_KEY)
  return row?.value === TALLY_VERSION
}
