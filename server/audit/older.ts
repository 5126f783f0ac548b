import type { Sql } from '#server/database/sql.ts'

const TABLES: Record<string, string> = {
  AuditKey: 'id, "publicJwk", "sealedPrivate", "createdAt"',
  AuditCheckpoint: 'seq, hash, epoch, "previousSeq", at, "keyId", signature',
  AuditFloor: 'seq, hash, at, "keyId", signature',
}

/** A SQLite file from before the checkpoints has none: empty tables of this connection alone stand for theirs. */
export async function standInForOlder(sql: Sql): Promise<void> {
  for (const [name, columns] of Object.entries(TABLES)) {
    const known = await sql.get('SELECT 1 FROM sqlite_master WHERE name = ?', name)
    if (known === undefined) await sql.run(`CREATE TEMP TABLE "${name}" (${columns})`)
  }
}
