import type { AuditAction, AuditOutcome } from '#domain/audit/event.ts'
import type { SqlValue } from '#server/database/sql.ts'
import { dayBounds } from './dayBounds.ts'

export interface AuditFilter {
  action?: AuditAction | undefined
  /** Account id. */
  actor?: string | undefined
  application?: string | undefined
  /** A client's number: events about the client and about the client's enrollments. */
  client?: string | undefined
  /** The beginning of a device's id, as the list of devices shows it. */
  device?: string | undefined
  outcome?: AuditOutcome | undefined
  /** First and last day, 'YYYY-MM-DD' in the installation's time zone. */
  from?: string | undefined
  to?: string | undefined
}

export interface Conditions {
  /** Empty, or `WHERE ...`. */
  where: string
  values: SqlValue[]
}

const CLIENT = '(subject = ? OR subject IN (SELECT id FROM "Enrollment" WHERE "clientId" = ?))'
const DEVICE = '"deviceId" IN (SELECT id FROM "Device" WHERE substr(id, 1, ?) = ?)'

/** @param beyond `seq` below or above which the page lies */
export function conditions(filter: AuditFilter, timeZone: string, beyond?: { below: number } | { above: number }): Conditions {
  const { action, actor, application, client, device, outcome, from, to } = filter
  const asked: [string, ...(SqlValue | undefined)[]][] = [
    ['action = ?', action],
    ['"actorId" = ?', actor],
    ['"applicationId" = ?', application],
    [CLIENT, client, client],
    [DEVICE, device?.length, device],
    ['outcome = ?', outcome],
    ['at >= ?', from && dayBounds(from, timeZone).from],
    ['at < ?', to && dayBounds(to, timeZone).to],
    ['seq < ?', beyond && 'below' in beyond ? beyond.below : undefined],
    ['seq > ?', beyond && 'above' in beyond ? beyond.above : undefined],
  ]
  const given = asked.filter((condition): condition is [string, ...SqlValue[]] => condition[1] !== undefined)
  const where = given.length === 0 ? '' : `WHERE ${given.map(([text]) => text).join(' AND ')}`
  return { where, values: given.flatMap(([, ...values]) => values) }
}

/** Which filters were set, without their values: those may name a client. */
export function shapeOf(filter: AuditFilter): string {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .sort()
    .join(',')
}
