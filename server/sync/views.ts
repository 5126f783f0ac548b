import type { View } from '#domain/audit/seen.ts'
import { audit } from '#server/audit/audit.ts'
import { placeholders, type Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { type HandingIn, ownDevice } from './quarantine.ts'

/** A history that is asked for again within this time is the same reading. */
const SAME_READING_MS = 600_000
const MOST_REMEMBERED = 10_000

/**
 * What tablets tell of whose page was opened, also after days without a connection, and who read a history. Each view is
 * written once, whatever is repeated on the way; a device that was revoked still hands its own in.
 */
export function createViews({ database, now }: Pick<Dependencies, 'database' | 'now'>) {
  const readings = new Map<string, number>()

  return {
    take: (caller: HandingIn, deviceId: string, views: readonly View[]): Promise<void> =>
      database.write(async (sql) => {
        const device = await ownDevice(sql, caller, deviceId)
        const known = await knownViews(sql, deviceId, views)
        const common = { at: now(), action: 'client.viewed', outcome: 'success', deviceId, ip: caller.ip, route: 'views' } as const
        const fresh = [...new Map(views.map((view) => [view.id, view])).values()].filter(({ id }) => !known.has(id))
        const entries = fresh.map(({ id, clientId, at }) => ({ subject: clientId, requestId: id, deviceTime: at }))
        await audit(sql, ...entries.map((entry) => ({ ...common, ...entry, actorId: device.accountId })))
      }),

    /** Resolves when it is written: without that the history is not shown. */
    async noteReading(caller: { accountId: string; deviceId: string; ip: string }, recordId: string): Promise<void> {
      const key = `${caller.deviceId} ${recordId}`
      const at = now()
      if (at - (readings.get(key) ?? 0) < SAME_READING_MS) return
      const { accountId: actorId, deviceId, ip } = caller
      const entry = { at, action: 'client.history-read', outcome: 'success', actorId, deviceId, ip, route: 'history' } as const
      await database.write((sql) => audit(sql, { ...entry, subject: recordId }))
      if (readings.size >= MOST_REMEMBERED) readings.clear()
      readings.set(key, at)
    },
  }
}

async function knownViews(sql: Sql, deviceId: string, views: readonly View[]): Promise<Set<string>> {
  const rows = await sql.all<{ id: string }>(
    `SELECT "requestId" AS id FROM "AuditEvent"
     WHERE action = 'client.viewed' AND "deviceId" = ? AND "requestId" IN (${placeholders(views.length)})`,
    deviceId,
    ...views.map(({ id }) => id),
  )
  return new Set(rows.map(({ id }) => id))
}
