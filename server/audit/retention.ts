import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { audit } from './audit.ts'
import { type Checkpoint, type Floor, signFloor } from './checkpoint.ts'
import { readFloor } from './floor.ts'
import type { createAuditKeys } from './keys.ts'

const DAY_MS = 86_400_000
/** Events of one transaction: pushes pass between two. */
const AT_ONCE = 2_000

/**
 * AUDIT_KEEP_DAYS: what is older goes, but only up to a signed checkpoint, which is then the signed beginning of the log.
 * One that was stopped half-way is finished by the next.
 */
export function createRetention({ config, database, now }: Dependencies, keys: ReturnType<typeof createAuditKeys>) {
  const { auditKeepDays } = config

  async function beginLater(checkpoint: Checkpoint): Promise<void> {
    const at = now()
    const floor = signFloor({ seq: checkpoint.seq, hash: checkpoint.hash, at }, await keys.signer())
    await database.write(async (sql) => {
      if (((await readFloor(sql))?.seq ?? 0) >= floor.seq) return
      await insert(sql, floor)
      await audit(sql, { at, action: 'audit.pruned', outcome: 'success', subject: `1-${floor.seq}` })
    })
  }

  async function removeBelow({ seq }: Floor): Promise<void> {
    const some = 'DELETE FROM "AuditEvent" WHERE seq <= ? AND seq < (SELECT min(seq) FROM "AuditEvent") + ?'
    while ((await database.write((sql) => sql.run(some, seq, AT_ONCE))) > 0);
    await database.write((sql) => sql.run('DELETE FROM "AuditCheckpoint" WHERE seq < ?', seq))
  }

  return {
    async prune(): Promise<void> {
      if (auditKeepDays === null) return
      const checkpoint = await database.aside((sql) => lastOfBefore(sql, now() - auditKeepDays * DAY_MS))
      if (checkpoint !== null) await beginLater(checkpoint)
      const floor = await readFloor(database.read)
      if (floor !== null) await removeBelow(floor)
    },
  }
}

/** The newest checkpoint that every event up to it is older than `at`: a clock that was wrong once removes nothing too early. */
async function lastOfBefore(sql: Sql, at: number): Promise<Checkpoint | null> {
  const floor = (await readFloor(sql))?.seq ?? 0
  const kept = await sql.get<{ seq: number | null }>('SELECT min(seq) AS seq FROM "AuditEvent" WHERE seq > ? AND at >= ?', floor, at)
  const found = await sql.get<Checkpoint>(
    'SELECT * FROM "AuditCheckpoint" WHERE seq > ? AND seq < ? AND at < ? ORDER BY seq DESC LIMIT 1',
    floor,
    kept?.seq ?? Number.MAX_SAFE_INTEGER,
    at,
  )
  return found ?? null
}

async function insert(sql: Sql, { seq, hash, at, keyId, signature }: Floor): Promise<void> {
  await sql.run('INSERT INTO "AuditFloor" (seq, hash, at, "keyId", signature) VALUES (?, ?, ?, ?, ?)', seq, hash, at, keyId, signature)
}
