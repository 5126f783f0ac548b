import type { Database } from '#server/database/database.ts'

const AT_ONCE = 50_000
const FIELDS_OF_A_CHANGE = 3

/** Of the changes of a clinic so many were the first of a client: the others edit one that is there. */
const CHANGES_OF_A_CLIENT = 10

/** Fills history, pushes, audit log and clients up to `rows` rows of Change, with random ids as tablets make them. */
export async function fillHistory(database: Database, rows: number): Promise<void> {
  for (;;) {
    const known = (await database.read.get<{ n: number }>('SELECT count(*) AS n FROM "Change"'))?.n ?? 0
    const missing = Math.floor((rows - known) / FIELDS_OF_A_CHANGE)
    if (missing <= 0) return
    await database.write((sql) => fillSome(sql, Math.min(missing, AT_ONCE)))
  }
}

async function fillSome(sql: Parameters<Parameters<Database['write']>[0]>[0], changes: number): Promise<void> {
  await sql.run('CREATE TEMP TABLE IF NOT EXISTS filling (i INTEGER PRIMARY KEY, change TEXT, record TEXT)')
  await sql.run('DELETE FROM filling')
  await sql.run(
    `WITH RECURSIVE counted(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < ?)
     INSERT INTO filling SELECT i, lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
       || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), substr(hex(randomblob(7)), 1, 13) FROM counted`,
    changes,
  )
  const tail = await sql.get<{ seq: number; auditSeq: number }>('SELECT seq, "auditSeq" FROM "Tail"')
  const { seq, auditSeq } = tail ?? { seq: 0, auditSeq: 0 }
  const columns = `"changeId", field, collection, "recordId", op, "from", old, "to", outcome, "actorId", "deviceId", "deviceTime", at, seq`
  await sql.run(
    `INSERT INTO "Change" (${columns}) SELECT change, f.value, 'clients', record, 'edit', NULL, NULL, '"Amina Otieno"', 'taken', 'bench',
     'filled-device', 1767225600000, 1767225600000, ? + i FROM filling, json_each('["givenName","phone","address"]') f ORDER BY i`,
    seq,
  )
  await sql.run(
    `INSERT INTO "Push" ("changeId", "deviceId", "accountId", n, collection, "recordId", "receivedAt", outcome, seq)
     SELECT change, 'filled-device', 'bench', ? + i, 'clients', record, 1767225600000, 'applied', ? + i FROM filling`,
    seq,
    seq,
  )
  await sql.run(
    `INSERT INTO "AuditEvent" (seq, at, action, outcome, "actorId", "deviceId", route, subject, "previousHash", hash)
     SELECT ? + i, 1767225600000, 'record.changed', 'success', 'bench', 'filled-device', 'clients', record,
     CASE i WHEN 1 THEN (SELECT "auditHash" FROM "Tail") ELSE printf('%064x', ? + i - 1) END, printf('%064x', ? + i) FROM filling ORDER BY i`,
    auditSeq,
    auditSeq,
    auditSeq,
  )
  await sql.run(
    `INSERT INTO "Client" (id, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted, "givenName", "familyName", sex, "bornOnEstimated", "facilityId")
     SELECT substr(record, 1, 13), ? + i, 1767225600000, 'bench', 1767225600000, 'bench', 0, 'Amina', 'Otieno', 'unknown', 0, 'main'
     FROM filling WHERE i % ? = 0`,
    seq,
    CHANGES_OF_A_CLIENT,
  )
  await sql.run(
    'UPDATE "Tail" SET seq = ?, "auditSeq" = ?, "auditHash" = printf(\'%064x\', ?)',
    seq + changes,
    auditSeq + changes,
    auditSeq + changes,
  )
}
