import { createHash } from 'node:crypto'
import { type AuditEntry, canonicalAuditText } from '#domain/audit/event.ts'
import type { Sql } from '#server/database/sql.ts'
import type { StoredEvent } from './log.ts'

export type AuditVerdict = { kind: 'whole'; events: number } | { kind: 'altered' | 'cut-short'; firstBadSeq: number }

const AT_ONCE = 5_000

interface Head {
  auditSeq: number
  auditHash: string
}

/** Follows the chain from its first event to the head that the Tail row names. */
export async function verifyChain(sql: Sql): Promise<AuditVerdict> {
  const head = await sql.get<Head>('SELECT "auditSeq", "auditHash" FROM "Tail" WHERE id = 1')
  if (head === undefined) throw new Error('the Tail row is missing')
  let last = { seq: 0, hash: '' }
  for (;;) {
    const events = await sql.all<StoredEvent>('SELECT * FROM "AuditEvent" WHERE seq > ? ORDER BY seq LIMIT ?', last.seq, AT_ONCE)
    if (events.length === 0) return verdict(last, head)
    for (const event of events) {
      if (!follows(last, event)) return { kind: 'altered', firstBadSeq: last.seq + 1 }
      last = event
    }
  }
}

function verdict(last: { seq: number; hash: string }, head: Head): AuditVerdict {
  if (last.seq < head.auditSeq) return { kind: 'cut-short', firstBadSeq: last.seq + 1 }
  if (last.hash !== head.auditHash) return { kind: 'altered', firstBadSeq: last.seq }
  return { kind: 'whole', events: last.seq }
}

function follows(last: { seq: number; hash: string }, event: StoredEvent): boolean {
  // Columns of null and absent fields make the same text.
  const text = canonicalAuditText(last.seq + 1, last.hash, event as unknown as AuditEntry)
  const hash = createHash('sha256').update(text).digest('hex')
  return event.seq === last.seq + 1 && event.previousHash === last.hash && event.hash === hash
}
