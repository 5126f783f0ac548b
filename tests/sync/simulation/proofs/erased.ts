import { COLLECTION_NAMES } from '#domain/collections.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Row } from '../disk.ts'
import type { World } from '../world.ts'
import { type Finding, found } from './proof.ts'

/** The client that a record is or hangs on. */
export const clientPart = (recordId: string) => recordId.split('.')[0] ?? recordId

export async function erasedIds(sql: Sql): Promise<ReadonlySet<string>> {
  return new Set((await sql.all<{ id: string }>('SELECT id FROM "Erased"')).map(({ id }) => id))
}

/** X1, X7: no value of an erased client is in the server's history, nor anything of them on a tablet; unsent work is on its way. */
export async function nothingOfTheErasedIsLeft(world: World, sql: Sql): Promise<Finding[]> {
  const erased = await erasedIds(sql)
  if (erased.size === 0) return []
  const rows = await sql.all<{ recordId: string }>(
    `SELECT "recordId" FROM "Change" WHERE field <> 'deleted' AND COALESCE("from", old, "to") IS NOT NULL
     UNION ALL SELECT "recordId" FROM "Push" WHERE body IS NOT NULL AND COALESCE(reason, '') <> 'id-taken'
     UNION ALL SELECT "recordId" FROM "Recovered" UNION ALL SELECT "clientId" FROM "MatchKey"`,
  )
  const left = rows.filter(({ recordId }) => erased.has(clientPart(recordId))).map(({ recordId }) => `the server: ${recordId}`)
  for (const { name, disk, isGone } of world.devices) {
    if (isGone) continue
    const records = COLLECTION_NAMES.flatMap((collection) => disk.documents(collection, '-mirror'))
    const outbox = disk.documents('outbox').filter(({ state, reason }) => state !== 'pending' && reason !== 'id-taken')
    const about = [...records.filter(({ id }) => erased.has(clientPart(String(id)))), ...outbox.filter((row) => names(row, erased))]
    left.push(...about.map(({ id }) => `${name}: ${id}`))
  }
  return found('left behind', left)
}

function names({ body }: Row, erased: ReadonlySet<string>): boolean {
  return [...erased].some((id) => String(body).includes(id))
}
