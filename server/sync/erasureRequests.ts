import { randomUUID } from 'node:crypto'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { ErasureReason, ErasureState, ErasureWish } from '#domain/clients/erasure.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { refuse } from '#domain/problem.ts'
import type { Administrator } from '#server/accounts/access.ts'
import { accountEvent, type RequestMeta } from '#server/accounts/requestMeta.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { isErased } from './erased.ts'
import { type ErasureFacts, erasureFacts } from './erasureFacts.ts'
import type { Records } from './records.ts'

/** A request as an administrator decides about it. Times are UTC ms. */
export interface OpenErasure {
  id: string
  reason: ErasureReason
  requestedAt: number
  requestedBy: string
  facts: ErasureFacts
}

export interface DecidedErasure {
  id: string
  clientId: string
  reason: ErasureReason
  state: Exclude<ErasureState, 'open'>
  requestedBy: string
  decidedBy: string | null
  decidedAt: number
}

const SHOWN = 100

/** Two steps: a doctor asks, an administrator decides. Who decides sees no content; who asks knows the client. */
export function createErasureRequests({ database, now }: Pick<Dependencies, 'database' | 'now'>, records: Pick<Records, 'erase'>) {
  return {
    /** Asked again, it stays one request. Throws `Refusal('not-found')` for a client of no facility of the account. */
    request: (account: SignedInAccount, { clientId, reason }: ErasureWish, meta: RequestMeta): Promise<'requested' | 'known'> =>
      database.write(async (sql) => {
        const client = await sql.get<{ facilityId: string; room: string }>(
          'SELECT "facilityId", room FROM "Client" WHERE id = ? AND deleted = 0',
          clientId,
        )
        if (client === undefined || !isInRoom(account.facilities, client.room)) refuse('not-found', 'no client of your facilities')
        if (await openOf(sql, clientId)) return 'known'
        await addRequest(sql, { clientId, reason, facilityId: client.facilityId, by: account.id, at: now() })
        const who = { actorId: account.id, subject: clientId }
        await audit(sql, accountEvent(now(), 'client.erasure-requested', 'success', meta, who))
        return 'requested'
      }),

    /** Oldest first. */
    async open(): Promise<OpenErasure[]> {
      const rows = await database.read.all<Omit<OpenErasure, 'facts'> & { clientId: string }>(
        `SELECT r.id, r."clientId", r.reason, r."requestedAt", COALESCE(a.name, r."requestedBy") AS "requestedBy"
         FROM "ErasureRequest" r LEFT JOIN "Account" a ON a.id = r."requestedBy" WHERE r.state = 'open' ORDER BY r."requestedAt" LIMIT ?`,
        SHOWN,
      )
      const found: OpenErasure[] = []
      for (const { clientId, ...row } of rows) {
        const facts = await erasureFacts(database.read, clientId)
        if (facts !== null) found.push({ ...row, facts })
      }
      return found
    },

    /** Newest first. */
    decided: (): Promise<DecidedErasure[]> =>
      database.read.all<DecidedErasure>(
        `SELECT r.id, r."clientId", r.reason, r.state, COALESCE(a.name, r."requestedBy") AS "requestedBy",
           COALESCE(d.name, r."decidedBy") AS "decidedBy", r."decidedAt"
         FROM "ErasureRequest" r LEFT JOIN "Account" a ON a.id = r."requestedBy" LEFT JOIN "Account" d ON d.id = r."decidedBy"
         WHERE r.state <> 'open' ORDER BY r."decidedAt" DESC LIMIT ?`,
        SHOWN,
      ),

    facts: (clientId: string): Promise<ErasureFacts | null> => erasureFacts(database.read, clientId),

    /** With or without a request. Throws `Refusal('not-found')`. */
    async erase({ clientId, reason }: ErasureWish, by: Administrator): Promise<void> {
      await database.write(async (sql) => {
        const client = await sql.get<{ facilityId: string }>('SELECT "facilityId" FROM "Client" WHERE id = ?', clientId)
        if (client === undefined || (await isErased({ sql }, clientId))) refuse('not-found', 'no such client')
        if (await openOf(sql, clientId)) return
        await addRequest(sql, { clientId, reason, facilityId: client.facilityId, by: by.accountId, at: now() })
      })
      const { accountId, ip, requestId, route } = by
      await records.erase({ accountId, deviceId: 'office', facilities: 'all', ip, requestId }, clientId, route)
    },

    /** The client stays. Throws `Refusal('not-found')` when somebody has decided already. */
    refuse: (id: string, by: Administrator): Promise<void> =>
      database.write(async (sql) => {
        const request = await sql.get<{ clientId: string }>(`SELECT "clientId" FROM "ErasureRequest" WHERE id = ? AND state = 'open'`, id)
        if (request === undefined) refuse('not-found', 'no such request')
        const text = `UPDATE "ErasureRequest" SET state = 'refused', "decidedBy" = ?, "decidedAt" = ? WHERE id = ?`
        await sql.run(text, by.accountId, now(), id)
        const who = { actorId: by.accountId, subject: request.clientId }
        await audit(sql, accountEvent(now(), 'client.erasure-refused', 'success', by, who))
      }),
  }
}

async function openOf(sql: Sql, clientId: string): Promise<boolean> {
  return (await sql.get(`SELECT 1 FROM "ErasureRequest" WHERE "clientId" = ? AND state = 'open'`, clientId)) !== undefined
}

interface NewRequest extends ErasureWish {
  facilityId: string
  by: string
  at: number
}

async function addRequest(sql: Sql, { clientId, facilityId, reason, by, at }: NewRequest): Promise<void> {
  await sql.run(
    `INSERT INTO "ErasureRequest" (id, "clientId", "facilityId", reason, state, "requestedBy", "requestedAt") VALUES (?, ?, ?, ?, 'open', ?, ?)`,
    randomUUID(),
    clientId,
    facilityId,
    reason,
    by,
    at,
  )
}
