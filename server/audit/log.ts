import type { AuditAction, AuditEvent, AuditOutcome } from '#domain/audit/event.ts'
import type { SqlValue } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { dayBounds } from './dayBounds.ts'
import { keptCheckpoint } from './kept.ts'
import { signaturesOf } from './keys.ts'
import { verifyLog } from './verify.ts'

export interface AuditFilter {
  action?: AuditAction | undefined
  /** Account id. */
  actor?: string | undefined
  application?: string | undefined
  outcome?: AuditOutcome | undefined
  /** 'YYYY-MM-DD' in the installation's time zone. */
  day?: string | undefined
  /** Only events with a smaller seq: where the page before ended. */
  before?: number | undefined
  limit: number
}

/** An event as its row holds it: what it did not have is null. */
export type StoredEvent = {
  [K in keyof AuditEvent]-?: undefined extends AuditEvent[K] ? Exclude<AuditEvent[K], undefined> | null : AuditEvent[K]
}

/** An event with the names of today; the log itself holds none. */
export interface AuditRow extends StoredEvent {
  actorName: string | null
  applicationName: string | null
  /** Of an account, an application or a facility; never of a client. */
  subjectName: string | null
}

export interface AuditPage {
  rows: AuditRow[]
  /** The `before` of the next page, null at the end of the log. */
  next: number | null
}

export function createAuditLog({ config, database }: Dependencies) {
  return {
    /** Newest first. */
    async page(filter: AuditFilter): Promise<AuditPage> {
      const { where, values } = conditions(filter, config.timeZone)
      const found = await database.read.all<StoredEvent>(
        `SELECT * FROM "AuditEvent" ${where} ORDER BY seq DESC LIMIT ?`,
        ...values,
        filter.limit + 1,
      )
      const shown = found.slice(0, filter.limit)
      return { rows: await withNames(database.prisma, shown), next: found.length > shown.length ? (shown.at(-1)?.seq ?? null) : null }
    },
    /** Computes the chain again on one state of the database, and compares it with the checkpoint beside it and with those given. */
    verify: (given: readonly string[] = []) =>
      database.aside(async (sql) => {
        const kept = [keptCheckpoint(config.dataDir) ?? [], given].flat()
        return verifyLog(sql, { isSigned: await signaturesOf(sql, config.secret), dialect: 'sqlite', kept })
      }),
  }
}

function conditions({ action, actor, application, outcome, day, before }: AuditFilter, timeZone: string) {
  const bounds = day === undefined ? undefined : dayBounds(day, timeZone)
  const asked: [string, SqlValue | undefined][] = [
    ['action = ?', action],
    ['"actorId" = ?', actor],
    ['"applicationId" = ?', application],
    ['outcome = ?', outcome],
    ['at >= ?', bounds?.from],
    ['at < ?', bounds?.to],
    ['seq < ?', before],
  ]
  const given = asked.filter((condition): condition is [string, SqlValue] => condition[1] !== undefined)
  const where = given.length === 0 ? '' : `WHERE ${given.map(([text]) => text).join(' AND ')}`
  return { where, values: given.map(([, value]) => value) }
}

async function withNames(prisma: Dependencies['database']['prisma'], events: StoredEvent[]): Promise<AuditRow[]> {
  const where = { where: { id: { in: ids(events.flatMap(({ actorId, applicationId, subject }) => [actorId, applicationId, subject])) } } }
  const select = { select: { id: true, name: true } }
  const [accounts, applications, facilities] = await Promise.all([
    prisma.account.findMany({ ...where, ...select }),
    prisma.application.findMany({ ...where, ...select }),
    prisma.facility.findMany({ ...where, ...select }),
  ])
  const names = new Map([...accounts, ...applications, ...facilities].map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null
  return events.map((event) => ({
    ...event,
    actorName: nameOf(event.actorId),
    applicationName: nameOf(event.applicationId),
    subjectName: nameOf(event.subject),
  }))
}

function ids(given: (string | null)[]): string[] {
  return [...new Set(given.filter((id) => id !== null))]
}
