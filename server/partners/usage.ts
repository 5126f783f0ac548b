import { addDays, dayOf } from '#domain/calendar.ts'
import type { ApplicationUsage } from '#domain/partners/application.ts'
import { median, USAGE_DAYS, unusualFrom } from '#domain/partners/usage.ts'
import { dayBounds } from '#server/audit/dayBounds.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'

const DAY_MS = 86_400_000
/** Events of one application that are looked at: a page must not wait for millions. */
const MOST_EVENTS = 200_000

interface Row {
  /** Days after today; today is 0, yesterday -1. */
  day: number
  requests: number
  refused: number
  clients: number
}

/** How much an application has asked in the last days, from the audit log. */
export async function usageOf(
  { config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>,
  id: string,
): Promise<ApplicationUsage> {
  const today = dayOf(now(), config.timeZone)
  const { from } = dayBounds(today, config.timeZone)
  const first = await firstEventFrom(database.read, from - (USAGE_DAYS - 1) * DAY_MS)
  const rows = await database.read.all<Row>(
    // In whole days: every sum is above zero, and every number of ours would come as one with a fraction.
    `SELECT (at - CAST(? AS BIGINT)) / ${DAY_MS} - ${USAGE_DAYS} + 1 AS day, 
       SUM(CASE WHEN action <> 'partner.client-told' THEN 1 ELSE 0 END) AS requests, SUM(CASE WHEN outcome = 'failure' THEN 1 ELSE 0 END) AS refused,
       COUNT(DISTINCT CASE WHEN outcome = 'success' THEN subject END) AS clients
     FROM (SELECT at, action, outcome, subject FROM "AuditEvent" WHERE "applicationId" = ? AND seq >= ? ORDER BY seq DESC LIMIT ?) AS newest
     GROUP BY 1`,
    from - (USAGE_DAYS - 1) * DAY_MS,
    id,
    first,
    MOST_EVENTS,
  )
  const byDay = new Map(rows.map((row) => [Number(row.day), row]))
  const days = Array.from({ length: USAGE_DAYS }, (_, index) => {
    const offset = index - USAGE_DAYS + 1
    const { requests = 0, refused = 0, clients = 0 } = byDay.get(offset) ?? {}
    return { day: addDays(today, offset), requests: Number(requests), refused: Number(refused), clients: Number(clients) }
  })
  const clientsToday = days.at(-1)?.clients ?? 0
  const usual = median(days.slice(0, -1).map(({ clients }) => clients))
  return { days, clientsToday, usual, isUnusual: clientsToday >= unusualFrom(usual) }
}

/** The first event that is not older: events stand in the order of time, so halving finds it in some twenty reads. */
async function firstEventFrom(sql: Sql, at: number): Promise<number> {
  const ends = await sql.get<{ low: number | null; high: number | null }>('SELECT MIN(seq) AS low, MAX(seq) AS high FROM "AuditEvent"')
  let [low, high] = [Number(ends?.low ?? 0), Number(ends?.high ?? 0) + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const event = await sql.get<{ at: number }>('SELECT at FROM "AuditEvent" WHERE seq >= ? ORDER BY seq LIMIT 1', middle)
    if (event === undefined || Number(event.at) >= at) high = middle
    else low = middle + 1
  }
  return low
}
