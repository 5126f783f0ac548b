import { type Collection, collections } from '#domain/collections.ts'
import type { StoredRecord } from '#server/database/records.ts'
import type { Batch } from './batch.ts'

/** Follows `mergedInto` to the client that stands for this one now; of other collections, the record itself. */
export function survivor(batch: Batch, collection: Collection, id: string): Promise<StoredRecord | null> {
  const load = (one: string) => batch.load(collection, one)
  return collection.name === 'clients' ? whoStandsFor(load, id) : load(id)
}

/** The same of a client, wherever it is read from. */
export async function whoStandsFor(load: (id: string) => Promise<StoredRecord | null>, id: string): Promise<StoredRecord | null> {
  const seen = new Set<string>()
  let current = await load(id)
  while (typeof current?.fields.mergedInto === 'string' && !seen.has(current.id)) {
    seen.add(current.id)
    current = await load(current.fields.mergedInto)
  }
  return current
}

/** Ids of those who were joined into a client, over however many steps; those of this very transaction are not among them. */
export async function joinedInto({ sql }: Batch, id: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    `WITH RECURSIVE joined(id) AS (SELECT id FROM "${collections.clients.table}" WHERE id = ? UNION SELECT c.id FROM "${collections.clients.table}" c JOIN joined j ON c."mergedInto" = j.id)
     SELECT id FROM joined WHERE id <> ?`,
    id,
    id,
  )
  return rows.map((row) => row.id)
}
