import type { Sql } from '#server/database/sql.ts'
import { type Checkpoint, type Floor, isCheckpointSigned, isFloorSigned } from './checkpoint.ts'
import type { IsSigned } from './keys.ts'

/** Where the log begins; null when nothing was ever removed. */
export async function readFloor(sql: Sql): Promise<Floor | null> {
  return (await sql.get<Floor>('SELECT * FROM "AuditFloor" ORDER BY seq DESC LIMIT 1')) ?? null
}

/** Signed by this installation, and standing on a checkpoint that is: nobody else can let a log begin later. */
export async function isFloorSound(sql: Sql, floor: Floor, isSigned: IsSigned): Promise<boolean> {
  const checkpoint = await sql.get<Checkpoint>('SELECT * FROM "AuditCheckpoint" WHERE seq = ?', floor.seq)
  if (checkpoint === undefined || checkpoint.hash !== floor.hash) return false
  return isFloorSigned(floor, isSigned) && isCheckpointSigned(checkpoint, isSigned)
}
