import { randomBytes } from 'node:crypto'
import type { AuditAction } from '#domain/audit/event.ts'
import { audit } from '#server/audit/audit.ts'
import { readFloor } from '#server/audit/floor.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { type Head, readHead } from './head.ts'
import { currentWitness, type Witness } from './witness.ts'

/**
 * R1: whether a witness tells of something that this database does not hold, so that an earlier copy was put in its place.
 * One of a past epoch says nothing: that it is past is known. One of an epoch that nobody here has heard of was given by
 * a database that is gone.
 */
export async function isPutBack(sql: Sql, { epoch, auditSeq, auditHash }: Witness): Promise<boolean> {
  const now = await currentWitness(sql)
  if (epoch !== now.epoch) return !(await isPast(sql, epoch))
  if (auditSeq === 0) return false
  if (auditSeq === now.auditSeq) return auditHash !== now.auditHash
  const event = await sql.get<{ hash: string }>('SELECT hash FROM "AuditEvent" WHERE seq = ?', auditSeq)
  if (event !== undefined) return event.hash !== auditHash
  // What was removed because of its age says nothing any more.
  return auditSeq > ((await readFloor(sql))?.seq ?? 0)
}

/** Renews the epoch once, however many tablets bring a witness at the same time. */
export function createEpochs({ database, now, without }: Dependencies, onRenewed: (head: Head) => void) {
  // The copy was put in place while no server ran: this process, or one before it, has found it at most here.
  const found = readHead(database.read)
  found.catch(() => undefined)

  /** @param deviceId who brings it, and was last heard of by the database that was copied */
  return async function believe(witness: Witness | null, deviceId?: string): Promise<void> {
    if (witness === null || without?.has('new-epoch') || !(await isPutBack(database.read, witness))) return
    const { seq } = await found
    await database.write(
      async (sql) => {
        if (!(await isPutBack(sql, witness))) return null
        const { epoch } = await readHead(sql)
        if (witness.epoch !== epoch) await endEpoch(sql, { epoch: witness.epoch, endSeq: 0, at: now() })
        const foundAt = deviceId === undefined ? seq : Math.min(seq, await lastHeardOf(sql, deviceId))
        return renewEpoch(sql, { at: now(), foundAt, action: 'server.epoch-renewed' })
      },
      (head) => {
        if (head !== null) onRenewed(head)
      },
    )
  }
}

/**
 * Another server process may have run between the copy and this one, and numbers that it gave mean something else to this
 * device. What the copy holds of the device, how far it was and what it sent, is the same in both histories.
 */
async function lastHeardOf(sql: Sql, deviceId: string): Promise<number> {
  const heard = await sql.get<{ cursor: number | null; sent: number | null }>(
    'SELECT (SELECT cursor FROM "Device" WHERE id = ?) AS cursor, (SELECT max(seq) FROM "Push" WHERE "deviceId" = ?) AS sent',
    deviceId,
    deviceId,
  )
  return Math.max(heard?.cursor ?? 0, heard?.sent ?? 0)
}

/**
 * A new history begins: numbers above the end of the old one meant something else in it.
 * @param by.foundAt the number at which the copy was found; what was taken after it was taken of another history
 */
export async function renewEpoch(sql: Sql, by: { at: number; foundAt: number; action: AuditAction; actorId?: string }): Promise<Head> {
  const { epoch: old, seq } = await readHead(sql)
  const epoch = randomBytes(12).toString('base64url')
  await endEpoch(sql, { epoch: old, endSeq: Math.min(seq, by.foundAt), at: by.at })
  await sql.run('UPDATE "Tail" SET epoch = ? WHERE id = 1', epoch)
  await audit(sql, { at: by.at, action: by.action, outcome: 'success', actorId: by.actorId })
  return { epoch, seq }
}

/** Epochs end one after the other, also within a millisecond and by a clock that was put back: their order is kept by it. */
async function endEpoch(sql: Sql, { epoch, endSeq, at }: { epoch: string; endSeq: number; at: number }): Promise<void> {
  const last = await sql.get<{ at: number | null }>('SELECT max("endedAt") AS at FROM "PastEpoch"')
  const endedAt = Math.max(at, (last?.at ?? 0) + 1)
  await sql.run('INSERT INTO "PastEpoch" (epoch, "endSeq", "endedAt") VALUES (?, ?, ?)', epoch, endSeq, endedAt)
}

async function isPast(sql: Sql, epoch: string): Promise<boolean> {
  return (await sql.get('SELECT 1 FROM "PastEpoch" WHERE epoch = ?', epoch)) !== undefined
}
