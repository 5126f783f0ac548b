import { collections, EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { readRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import { ELSEWHERE } from '#server/sync/recovery.ts'
import type { Stake } from '../stakes.ts'
import type { World } from '../world.ts'
import { clientPart, erasedIds } from './erased.ts'
import { type Finding, found } from './proof.ts'
import { facilitiesOf } from './served.ts'

/** R3: what a tablet's mirror held beyond the backup is with the server, that version or a newer one of the same history. */
export async function whatMirrorsHeldIsHandedIn(world: World, sql: Sql): Promise<Finding[]> {
  const rows = await sql.all<{ collection: string; recordId: string; epoch: string; seq: number }>(
    'SELECT collection, "recordId", epoch, seq FROM "Recovered"',
  )
  const kept = new Map(rows.map(({ collection, recordId, epoch, seq }) => [`${collection}/${recordId} ${epoch}`, seq]))
  const erased = await erasedIds(sql)
  const missing: string[] = []
  for (const stake of world.stakes) {
    const { device, collection, recordId, epoch, seq } = stake
    if (device.isGone || erased.has(clientPart(recordId)) || (await isElsewhere(sql, stake))) continue
    const had = [epoch, `${epoch} ${ELSEWHERE}`].map((under) => kept.get(`${collection}/${recordId} ${under}`) ?? 0)
    if (Math.max(...had) < seq) missing.push(`${device.name} held ${collection}/${recordId} as of ${seq}: it was not handed in`)
  }
  return found('lost', missing)
}

/** Of a record that is another facility's by now this tablet has nothing to say any more. */
async function isElsewhere(sql: Sql, { device, collection, recordId }: Stake): Promise<boolean> {
  const record = await readRecord(sql, collections[collection], recordId)
  if (record === null) return false
  const room = collections[collection].roomOf(record.fields)
  return room !== EVERYWHERE && !isInRoom(await facilitiesOf(sql, device.account.id), room)
}
