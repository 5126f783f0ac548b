import type { ClientFields } from '#domain/clients/client.ts'
import { couldBeOne, type Glance } from '#domain/clients/duplicates.ts'
import { collections } from '#domain/collections.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Batch, recordKey } from './batch.ts'

/**
 * Most clients under one key that are compared. A larger block (a common pair of names, the 1 January of a year)
 * is left out: those who are the same share a rarer key as well, and comparing 50 costs under a millisecond.
 */
const BLOCK = 50

/** As JSON: a row of five values costs 2.7 microseconds, as an object 4.7, and a whole client 14.8 (better-sqlite3 12.11). */
const GLANCES = `SELECT json_group_array(json_array(id, sex, "bornOn", "bornOnEstimated", "nationalId")) AS glances
  FROM "Client" WHERE id IN (SELECT value FROM json_each(?)) AND deleted = 0 AND "mergedInto" IS NULL`
const UNDER_KEY = 'SELECT json_group_array("clientId") AS ids FROM (SELECT "clientId" FROM "MatchKey" WHERE key = ? LIMIT ?) AS those'

type Row = [id: string, sex: Glance['sex'], bornOn: string | null, bornOnEstimated: 0 | 1, nationalId: string | null]

/** Ids of those who share a key with the client and could be the same person: of a hundred with a key, a few. */
export async function lookalikes(batch: Batch, client: StoredRecord, keys: readonly string[]): Promise<string[]> {
  const ids = await sharing(batch, client, keys)
  // What the batch itself has changed is not in the table yet.
  const staged = ids.filter((id) => batch.records.has(recordKey(collections.clients, id)))
  const others = ids.filter((id) => !staged.includes(id))
  if (others.length === 0) return staged
  const found = await batch.sql.get<{ glances: string }>(GLANCES, JSON.stringify(others))
  const rows: Row[] = JSON.parse(found?.glances ?? '[]')
  const alike = rows.filter((row) => couldBeOne(client.fields as ClientFields, glanceOf(row)))
  return [...staged, ...alike.map(([id]) => id)]
}

function glanceOf([, sex, bornOn, bornOnEstimated, nationalId]: Row): Glance {
  return { sex, bornOn, bornOnEstimated: bornOnEstimated === 1, nationalId }
}

async function sharing({ sql }: Batch, client: StoredRecord, keys: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const key of keys) {
    const row = await sql.get<{ ids: string }>(UNDER_KEY, key, BLOCK + 1)
    const ids: string[] = JSON.parse(row?.ids ?? '[]')
    if (ids.length <= BLOCK) for (const id of ids) found.add(id)
  }
  found.delete(client.id)
  return [...found]
}
