import type { ClientFields } from '#domain/clients/client.ts'
import { initials } from '#domain/clients/initials.ts'
import { plainId } from '#domain/clients/matchKeys.ts'
import { readClientNumber } from '#domain/clients/number.ts'
import { collections } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { Refusal } from '#domain/problem.ts'
import { LOOKUP_CLIENTS, type LookupAnswer, type LookupRequest } from '#domain/sync/asking.ts'
import { audit } from '#server/audit/audit.ts'
import { readRecord, type StoredRecord } from '#server/database/records.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { Author } from './batch.ts'
import { whoStandsFor } from './survivor.ts'

/** Of one account within an hour: more than a reception needs, and too few to go through the ids of a district. */
export const LOOKUPS_AN_HOUR = 60
const HOUR_MS = 3_600_000
/** As many of everybody's lookups, newest first, are counted through. */
const MOST_COUNTED = 10_000

type Looking = Pick<Author, 'accountId' | 'deviceId' | 'ip'> & { facilities: readonly string[] }

/**
 * Finds a client of whichever facility by an exact number or national id, and says no more of them than initials, sex and
 * year of birth. Each lookup is in the audit log before it is answered, with whom it found and never with what was typed.
 * Throws `Refusal`: too-many (`LOOKUPS_AN_HOUR`).
 */
export function createLookup({ database, now }: Pick<Dependencies, 'database' | 'now'>) {
  return (by: Looking, request: LookupRequest): Promise<LookupAnswer> =>
    database.write(async (sql) => {
      const at = now()
      await checkRate(sql, by.accountId, at)
      const found = request.by === 'number' ? await byNumber(sql, request.value) : await byNationalId(sql, request.value)
      const { accountId: actorId, deviceId, ip } = by
      const entry = { at, action: 'client.looked-up', outcome: 'success', actorId, deviceId, ip, route: 'lookup' } as const
      await audit(sql, ...(found.length === 0 ? [entry] : found.map(({ id }) => ({ ...entry, subject: id }))))
      return { found: found.map((client) => shown(client, by.facilities)) }
    })
}

async function checkRate(sql: Sql, accountId: string, at: number): Promise<void> {
  const text = `SELECT at FROM (SELECT at, "actorId" FROM "AuditEvent" WHERE action = 'client.looked-up' ORDER BY seq DESC LIMIT ?) AS lookups
    WHERE "actorId" = ? AND at > ? ORDER BY at DESC LIMIT ?`
  const tries = await sql.all<{ at: number }>(text, MOST_COUNTED, accountId, at - HOUR_MS, LOOKUPS_AN_HOUR)
  const first = tries.at(LOOKUPS_AN_HOUR - 1)
  if (first) throw new Refusal({ code: 'too-many', retryAfterS: Math.ceil((first.at + HOUR_MS - at) / 1000) })
}

async function byNumber(sql: Sql, typed: string): Promise<StoredRecord[]> {
  const number = readClientNumber(typed)
  // Who was joined into another is found as that one.
  const client = number === null ? null : await whoStandsFor((id) => readRecord(sql, collections.clients, id), number)
  return client === null || client.deleted ? [] : [client]
}

async function byNationalId(sql: Sql, typed: string): Promise<StoredRecord[]> {
  const plain = plainId(typed)
  if (plain === null) return []
  const text = 'SELECT "clientId" AS id FROM "MatchKey" WHERE key = ? ORDER BY "clientId" LIMIT ?'
  const rows = await sql.all<{ id: string }>(text, `i:${plain}`, LOOKUP_CLIENTS)
  const clients = await Promise.all(rows.map(({ id }) => readRecord(sql, collections.clients, id)))
  return clients.filter((client): client is StoredRecord => client !== null && !client.deleted)
}

function shown({ id, fields }: StoredRecord, facilities: readonly string[]): LookupAnswer['found'][number] {
  const client = fields as ClientFields
  return {
    id,
    initials: initials(client),
    sex: client.sex,
    birthYear: client.bornOn === null ? null : Number(client.bornOn.slice(0, 4)),
    bornOnEstimated: client.bornOnEstimated,
    isHere: isInRoom(facilities, collections.clients.roomOf(fields)),
  }
}
