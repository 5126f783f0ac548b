import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { type Checkpoint, checkpointText, signCheckpoint } from './checkpoint.ts'
import { keepCheckpoint } from './kept.ts'
import type { createAuditKeys } from './keys.ts'

/** A checkpoint is due when this many events are not signed yet, or when some are and the last one is a minute old. */
const EVENTS = 1_000
const AFTER_MS = 60_000

interface Head {
  auditSeq: number
  auditHash: string
  epoch: string
}

/** Signs the head of the chain now and then: apart from the pushes, with a transaction of its own. */
export function createCheckpoints({ config, database, now }: Dependencies, keys: ReturnType<typeof createAuditKeys>) {
  return {
    /**
     * Cheap enough to be called every second: two rows are read when nothing is due.
     * @returns the checkpoint that was made
     */
    async look(): Promise<Checkpoint | null> {
      if (!(await isDue(database.read, now()))) return null
      const signer = await keys.signer()
      const made = await database.write(async (sql) => {
        const { head, last } = await stand(sql)
        // Another node was quicker.
        if (head.auditSeq <= (last?.seq ?? 0)) return null
        const { auditSeq: seq, auditHash: hash, epoch } = head
        const checkpoint = signCheckpoint({ seq, hash, epoch, previousSeq: last?.seq ?? 0, at: now() }, signer)
        await insert(sql, checkpoint)
        return checkpoint
      })
      if (made !== null) keepCheckpoint(config.dataDir, checkpointText(made))
      return made
    },
  }
}

export async function newestCheckpoint(sql: Sql): Promise<Checkpoint | null> {
  return (await sql.get<Checkpoint>('SELECT * FROM "AuditCheckpoint" ORDER BY seq DESC LIMIT 1')) ?? null
}

async function isDue(sql: Sql, now: number): Promise<boolean> {
  const { head, last } = await stand(sql)
  const unsigned = head.auditSeq - (last?.seq ?? 0)
  return unsigned >= EVENTS || (unsigned > 0 && now - (last?.at ?? 0) >= AFTER_MS)
}

async function stand(sql: Sql): Promise<{ head: Head; last: Checkpoint | null }> {
  const head = await sql.get<Head>('SELECT "auditSeq", "auditHash", epoch FROM "Tail" WHERE id = 1')
  if (head === undefined) throw new Error('the Tail row is missing')
  return { head, last: await newestCheckpoint(sql) }
}

async function insert(sql: Sql, { seq, hash, epoch, previousSeq, at, keyId, signature }: Checkpoint): Promise<void> {
  await sql.run(
    'INSERT INTO "AuditCheckpoint" (seq, hash, epoch, "previousSeq", at, "keyId", signature) VALUES (?, ?, ?, ?, ?, ?, ?)',
    seq,
    hash,
    epoch,
    previousSeq,
    at,
    keyId,
    signature,
  )
}
