import { type CollectionName, collections } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { readRecord } from '#server/database/records.ts'
import { readHead } from '#server/sync/head.ts'
import type { Row } from '../disk.ts'
import { DAMAGED, type World } from '../world.ts'
import { facilitiesOf } from './served.ts'

/** What must hold at every moment, also while things go on. */
export async function watch(world: World): Promise<void> {
  if (!world.host.up) return
  for (const device of world.devices) {
    for (const row of device.disk.documents('outbox')) {
      if (row._deleted || row.state !== 'settled') continue
      const text = await missedBelow(world, device, row)
      if (text !== null) world.seen.push({ wrong: 'overlay', text: `${device.name}: ${text}` })
    }
  }
}

/** O4: a change left the overlay, and the mirror holds the record as it was before that change. */
async function missedBelow(world: World, { disk, account }: World['devices'][number], row: Row): Promise<string | null> {
  if (row.body === '' || row.extra !== '') return null
  const { collection, recordId } = readBody(row)
  if (collection === null || collection === 'issues') return null
  const mirrored = disk.documents(collection, '-mirror').find(({ id, _deleted }) => id === recordId && !_deleted)
  if (mirrored === undefined || mirrored.givenName === DAMAGED || Number(mirrored.seq) >= Number(row.seq)) return null
  const sql = world.host.live.database.read
  const record = await readRecord(sql, collections[collection], recordId)
  const isHere =
    record !== null && !record.deleted && isInRoom(await facilitiesOf(sql, account.id), collections[collection].roomOf(record.fields))
  if (!isHere || record.seq < Number(row.seq) || row.epoch !== (await readHead(sql)).epoch || record.fields.mergedInto) return null
  return `change ${Number(row.id)} is settled at ${row.seq}, ${collection}/${recordId} is here as of ${mirrored.seq}`
}

function readBody(row: Row): { collection: CollectionName | null; recordId: string } {
  try {
    return JSON.parse(String(row.body))
  } catch {
    return { collection: null, recordId: '' }
  }
}
