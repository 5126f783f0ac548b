import { collections } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { Change, FieldOutcome } from '#domain/sync/change.ts'
import type { Sql } from '#server/database/sql.ts'
import { unexplained } from '../sync/simulation/proofs/sums.ts'
import type { PushingDevice } from './device.ts'
import type { Inventions } from './inventions.ts'
import { everyRecord } from './recounts.ts'

/** Each answers with what is wrong, in words; nothing when all is well. */

interface PushRow {
  changeId: string
  deviceId: string
  n: number
  outcome: string
  seq: number
}

/** Acknowledged changes that the server's tables lack, or hold with another answer than it gave. */
export async function lostChanges(sql: Sql, devices: readonly PushingDevice[]): Promise<string[]> {
  const pushed = new Map((await sql.all<PushRow>('SELECT * FROM "Push"')).map((row) => [row.changeId, row]))
  const history = await fieldsByChange(sql)
  return devices.flatMap(({ outbox, acknowledged }) =>
    outbox.flatMap((change) => {
      const said = acknowledged.get(change.changeId)
      const row = pushed.get(change.changeId)
      if (said === undefined) return []
      if (row === undefined) return [`${change.changeId}: no trace of it`]
      if (row.seq !== said.seq || row.outcome !== said.outcome || row.n !== change.n || row.deviceId !== change.deviceId)
        return [`${change.changeId}: ${said.outcome} at ${said.seq} was said, ${row.outcome} at ${row.seq} is stored`]
      const missing = Object.keys(change.fields).filter((field) => history.get(change.changeId)?.get(field) !== said.seq)
      return missing.length > 0 ? [`${change.changeId}: no history of ${missing.join()} at ${said.seq}`] : []
    }),
  )
}

async function fieldsByChange(sql: Sql): Promise<Map<string, Map<string, number>>> {
  const found = new Map<string, Map<string, number>>()
  for (const { changeId, field, seq } of await sql.all<{ changeId: string; field: string; seq: number }>('SELECT * FROM "Change"')) {
    const fields = found.get(changeId) ?? new Map<string, number>()
    found.set(changeId, fields.set(field, seq))
  }
  return found
}

/** What was applied more often than it was written: by the numbers taken, and by the audit events of each record. */
export async function appliedTwice(sql: Sql, devices: readonly PushingDevice[]): Promise<string[]> {
  const sameNumber = await sql.all<{ seq: number }>('SELECT seq FROM "Push" GROUP BY seq HAVING count(*) > 1')
  const events = await sql.all<{ deviceId: string; subject: string; times: number }>(
    `SELECT "deviceId", subject, count(*) AS times FROM "AuditEvent" WHERE action = 'record.changed' GROUP BY "deviceId", subject`,
  )
  const written = new Map<string, number>()
  for (const change of devices.flatMap(({ outbox }) => outbox)) written.set(recordOf(change), (written.get(recordOf(change)) ?? 0) + 1)
  return [
    ...sameNumber.map(({ seq }) => `two changes have number ${seq}`),
    ...events.flatMap(({ deviceId, subject, times }) => {
      const once = written.get(`${deviceId} ${subject}`) ?? 0
      return times > once ? [`${deviceId} wrote ${subject} ${once} times, and ${times} were applied`] : []
    }),
  ]
}

function recordOf({ deviceId, recordId }: Change): string {
  return `${deviceId} ${recordId}`
}

/** The last number of each device is the last one it wrote, and the one row of numbers names the highest there are. */
export async function wrongNumbers(sql: Sql, devices: readonly PushingDevice[]): Promise<string[]> {
  const stored = await sql.all<{ id: string; lastN: number }>('SELECT id, "lastN" FROM "Device"')
  const last = new Map(stored.map(({ id, lastN }) => [id, lastN]))
  const tail = await sql.get<{ seq: number; auditSeq: number }>('SELECT seq, "auditSeq" FROM "Tail" WHERE id = 1')
  const highest = await sql.get<{ seq: number; events: number; auditSeq: number }>(
    `SELECT (SELECT max(seq) FROM (SELECT seq FROM "Push" UNION ALL SELECT seq FROM "Change" UNION ALL SELECT seq FROM "Facility"
       UNION ALL SELECT seq FROM "Client" UNION ALL SELECT seq FROM "Enrollment" UNION ALL SELECT seq FROM "Issue") AS every) AS seq,
     (SELECT count(*) FROM "AuditEvent") AS events, (SELECT max(seq) FROM "AuditEvent") AS "auditSeq"`,
  )
  return [
    ...devices.flatMap(({ connection: { deviceId }, outbox }) =>
      last.get(deviceId) === outbox.length ? [] : [`device ${deviceId} is at ${last.get(deviceId)} and wrote ${outbox.length}`],
    ),
    ...(tail?.seq === highest?.seq ? [] : [`the numbers end at ${highest?.seq}, and Tail says ${tail?.seq}`]),
    ...(tail?.auditSeq === highest?.auditSeq && highest?.events === highest?.auditSeq ? [] : ['the audit events are not numbered through']),
  ]
}

/** People whom one doctor alone edited do not have the last phone number that doctor wrote: what was lost, without asking the history. */
export async function overwritten(sql: Sql, doctors: readonly Inventions[]): Promise<string[]> {
  const phones = new Map((await everyRecord(sql, 'clients')).map(({ id, fields }) => [id, fields.phone]))
  return doctors.flatMap(({ own }) => [...own].filter(([id, { phone }]) => phones.get(id) !== phone).map(([id]) => id))
}

/** Fields that the fold of the record's history does not give; issues and facilities are the server's own and have none. */
export async function unexplainedRecords(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ recordId: string; collection: string; field: string; to: string | null; outcome: FieldOutcome }>(
    'SELECT * FROM "Change" ORDER BY seq',
  )
  const histories = new Map<string, { field: string; to: Scalar; outcome: FieldOutcome }[]>()
  for (const { collection, recordId, field, to, outcome } of rows) {
    const key = `${collection}/${recordId}`
    histories.set(key, [...(histories.get(key) ?? []), { field, to: JSON.parse(to ?? 'null'), outcome }])
  }
  const wrong: string[] = []
  for (const name of ['programs', 'clients', 'enrollments'] as const) {
    for (const record of await everyRecord(sql, name))
      wrong.push(...unexplained(collections[name], record, histories.get(`${name}/${record.id}`) ?? []))
  }
  return wrong
}
