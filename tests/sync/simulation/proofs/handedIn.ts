import type { Sql } from '#server/database/sql.ts'
import type { World } from '../world.ts'
import { clientPart, erasedIds } from './erased.ts'
import { type Finding, found } from './proof.ts'

/** R3: what a tablet's mirror held beyond the backup is with the server, that version or a newer one of the same history. */
export async function whatMirrorsHeldIsHandedIn(world: World, sql: Sql): Promise<Finding[]> {
  const rows = await sql.all<{ collection: string; recordId: string; epoch: string; seq: number }>(
    'SELECT collection, "recordId", epoch, seq FROM "Recovered"',
  )
  const erased = await erasedIds(sql)
  const kept = new Map(rows.map(({ collection, recordId, epoch, seq }) => [`${collection}/${recordId} ${epoch}`, seq]))
  const missing = world.stakes.filter(
    ({ device, collection, recordId, epoch, seq }) =>
      !device.isGone && !erased.has(clientPart(recordId)) && (kept.get(`${collection}/${recordId} ${epoch}`) ?? 0) < seq,
  )
  return found(
    'lost',
    missing.map(
      ({ device, collection, recordId, seq }) => `${device.name} held ${collection}/${recordId} as of ${seq}: it was not handed in`,
    ),
  )
}
