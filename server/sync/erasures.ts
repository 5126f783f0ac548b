import { refuse } from '#domain/problem.ts'
import type { Dependencies } from '#server/services.ts'
import type { Author, Batch } from './batch.ts'
import { isErased } from './erased.ts'
import { groupOf } from './erasedGroup.ts'
import { type Identity, wasErased } from './erasedIdentity.ts'
import { addToErasedList, type ErasedLine, erasedListFile, readErasedList } from './erasedList.ts'
import { eraseClient } from './erasure.ts'

const LISTED: Author = { accountId: 'server', deviceId: 'server', facilities: 'all' }

/** Erasing clients, and seeing to it that they stay erased. Online only: a tablet asks, the server does it. */
export function createErasures({ config, database, now }: Dependencies, inBatch: <T>(work: (batch: Batch) => Promise<T>) => Promise<T>) {
  const file = erasedListFile(config)
  const { secret } = config

  /**
   * The list is on the disk before the commit. Cut off in between, the client is erased at the next start: what an
   * administrator has confirmed comes true, and no restore finds a client erased whom the list does not name.
   */
  async function erase(author: Author, clientId: string, route?: string): Promise<void> {
    await inBatch(async (batch) => {
      const client = await batch.sql.get('SELECT 1 FROM "Client" WHERE id = ?', clientId)
      if (client === undefined || (await isErased(batch, clientId))) refuse('not-found', 'no such client')
      const lines: ErasedLine[] = []
      for (const id of await groupOf(batch.sql, clientId)) lines.push(await eraseClient(batch, author, id, { secret, route }))
      addToErasedList(file, lines)
    })
    await purge()
  }

  /**
   * X5: at the start, and after a restore: whoever is on the list and alive is erased again, each as the list says, as who
   * was one person then may not be one now. A line that the list lacks is added.
   * @returns how many were erased
   */
  async function eraseAgain(): Promise<number> {
    const listed = readErasedList(file)
    const known = new Map((await erasedRows()).map((row) => [row.id, row]))
    const alive = listed.filter(({ id }) => !known.has(id))
    for (const line of alive) {
      await inBatch((batch) => eraseClient(batch, LISTED, line.id, { secret, known: line, route: 'erased.txt' }))
    }
    const named = new Set(listed.map(({ id }) => id))
    addToErasedList(
      file,
      [...known.values()].filter(({ id }) => !named.has(id)),
    )
    if (!(await isPurged())) await purge()
    return alive.length
  }

  async function erasedRows(): Promise<ErasedLine[]> {
    const rows = await database.read.all<{ id: string; erasedAt: number; hashes: string | null }>(
      `SELECT e.id, e."erasedAt", group_concat(i.hash, ',') AS hashes FROM "Erased" e
       LEFT JOIN "ErasedIdentity" i ON i."erasedId" = e.id GROUP BY e.id, e."erasedAt"`,
    )
    return rows.map(({ hashes, ...row }) => ({ ...row, identities: hashes?.split(',') ?? [] }))
  }

  async function isPurged(): Promise<boolean> {
    return (await database.read.get('SELECT 1 FROM "Erased" WHERE "purgedAt" IS NULL LIMIT 1')) === undefined
  }

  /** X4: no byte stays in the file or its log. Tried again hourly while somebody else has the database in use. */
  async function purge(): Promise<boolean> {
    if (!(await database.compact())) return false
    await database.write((sql) => sql.run('UPDATE "Erased" SET "purgedAt" = ? WHERE "purgedAt" IS NULL', now()))
    return true
  }

  return {
    erase,
    eraseAgain,
    async purgeWhatIsLeft(): Promise<boolean> {
      return (await isPurged()) || purge()
    },
    /** X6: an import asks before it takes somebody over. */
    wasErased: (batch: Batch, person: Identity & { clientNumber: string | null }) => wasErased(batch.sql, person, secret),
  }
}
