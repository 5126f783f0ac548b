import { hash as digest } from 'node:crypto'
import type { Dialect } from '#server/database/dialect.ts'
import type { Sql } from '#server/database/sql.ts'

/** What refuses to change or shorten the log, as the database describes it. */
const DESCRIBED: Record<Dialect, string> = {
  sqlite: `SELECT name, sql AS text FROM sqlite_master WHERE type IN ('trigger', 'index')
           AND tbl_name IN ('AuditEvent', 'AuditCheckpoint', 'AuditFloor') AND sql IS NOT NULL`,
  postgresql: `SELECT t.tgname AS name, concat_ws(' ', t.tgenabled, t.tgtype, p.prosrc) AS text
               FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
               WHERE NOT t.tgisinternal AND c.relname IN ('AuditEvent', 'AuditCheckpoint', 'AuditFloor')
               UNION ALL SELECT indexname AS name, indexdef AS text FROM pg_indexes WHERE tablename = 'AuditEvent'`,
}

/** Name -> fingerprint of its description: one of the same name that does nothing is not the one that belongs there. */
const EXPECTED: Record<Dialect, Record<string, string>> = {
  sqlite: {
    AuditEvent_no_update: '90ee0a5b18a62ac5',
    AuditEvent_no_delete: '8f81e62f99b6c94f',
    AuditEvent_follows: 'd0840432edd80d24',
    AuditCheckpoint_no_update: '6d9b99ffe589b8a0',
    AuditCheckpoint_no_delete: 'e06b1f094f6554d5',
    AuditCheckpoint_no_replace: '56043efc1f9721c4',
    AuditFloor_no_update: '7afbd06b0074983a',
    AuditFloor_no_delete: 'fc4105587934392c',
    AuditFloor_on_checkpoint: '36c370038501ff4f',
  },
  postgresql: {
    AuditEvent_follows: 'bf9b9aac7f38bdb9',
    AuditEvent_no_change: 'a89f594bf4ae3bc1',
    AuditEvent_no_truncate: '6ee067a49e892f16',
    AuditCheckpoint_no_change: '46627455a1149c21',
    AuditCheckpoint_no_truncate: '6ee067a49e892f16',
    AuditFloor_no_change: '346232d161a4f260',
    AuditFloor_no_truncate: '6ee067a49e892f16',
    AuditFloor_on_checkpoint: 'd694fe666b99f917',
  },
}

/** Names of triggers and indexes that are missing, or not those that the migrations made. */
export async function missingGuards(sql: Sql, dialect: Dialect): Promise<string[]> {
  const found = new Map((await describedGuards(sql, dialect)).map(({ name, fingerprint }) => [name, fingerprint]))
  return Object.entries(EXPECTED[dialect]).flatMap(([name, fingerprint]) => (found.get(name) === fingerprint ? [] : [name]))
}

export async function describedGuards(sql: Sql, dialect: Dialect): Promise<{ name: string; fingerprint: string }[]> {
  const rows = await sql.all<{ name: string; text: string }>(DESCRIBED[dialect])
  return rows.map(({ name, text }) => ({ name, fingerprint: fingerprintOf(text) }))
}

/** Whatever the schema of PostgreSQL is called that the tables are in. */
function fingerprintOf(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replace(/ ON \w+\./, ' ON ')
  return digest('sha256', plain, 'hex').slice(0, 16)
}
