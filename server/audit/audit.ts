import { hash as digest } from 'node:crypto'
import { type AuditEntry, canonicalAuditText } from '#domain/audit/event.ts'
import type { Sql, SqlValue } from '#server/database/sql.ts'

interface TailRow {
  epoch: string
  seq: number
  auditSeq: number
  auditHash: string
}

const INSERT = `INSERT INTO "AuditEvent" (seq, at, action, outcome, "actorId", "applicationId", "deviceId", ip, route, status, subject, "requestId", "deviceTime", "previousHash", hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Hands out what every transaction ends with: `seqs` new sequence numbers and the next links of the audit chain.
 * Called last, just before the commit, so that numbers become visible in their order (docs/architecture.md).
 * @returns the first of the numbers
 */
export async function takeNumbers(sql: Sql, seqs: number, entries: readonly AuditEntry[]): Promise<number> {
  const tail = await sql.get<TailRow>('SELECT epoch, seq, "auditSeq", "auditHash" FROM "Tail" WHERE id = 1')
  if (tail === undefined) throw new Error('the Tail row is missing')
  let { auditSeq, auditHash } = tail
  const rows: SqlValue[][] = []
  for (const entry of entries) {
    auditSeq += 1
    const hash = auditHashOf(auditSeq, auditHash, entry)
    rows.push([
      auditSeq,
      entry.at,
      entry.action,
      entry.outcome,
      entry.actorId ?? null,
      entry.applicationId ?? null,
      entry.deviceId ?? null,
      entry.ip ?? null,
      entry.route ?? null,
      entry.status ?? null,
      entry.subject ?? null,
      entry.requestId ?? null,
      entry.deviceTime ?? null,
      auditHash,
      hash,
    ])
    auditHash = hash
  }
  await sql.runEach(INSERT, rows)
  await sql.run('UPDATE "Tail" SET seq = ?, "auditSeq" = ?, "auditHash" = ? WHERE id = 1', tail.seq + seqs, auditSeq, auditHash)
  return tail.seq + 1
}

/** Writes audit events inside the transaction of what they tell of. The last thing before the commit. */
export async function audit(sql: Sql, ...entries: AuditEntry[]): Promise<void> {
  await takeNumbers(sql, 0, entries)
}

/** The link of an event: over what it says and over the link before. */
export function auditHashOf(seq: number, previousHash: string, entry: AuditEntry): string {
  return digest('sha256', canonicalAuditText(seq, previousHash, entry), 'hex')
}
