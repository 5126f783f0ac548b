/**
 * What is written down. An event never holds names of people, message bodies or tokens:
 * only ids, so that the log can be shown to an auditor.
 */
export const AUDIT_ACTIONS = [
  'account.setup-link',
  'account.created',
  'account.invited',
  'account.sign-in',
  'account.sign-out',
  'account.facilities',
  'account.disabled',
  'account.enabled',
  'application.created',
  'application.disabled',
  'application.enabled',
  'application.secret',
  'facility.created',
  'facility.changed',
  'partner.token',
  'partner.client-read',
  'record.changed',
  'record.recovered',
  'client.joined',
  'device.revoked',
  'device.quarantined',
  'device.wiped',
  'device.unsent-file',
  'server.epoch-renewed',
  'server.backup',
  'server.restored',
  'exchange.import',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
export type AuditOutcome = 'success' | 'failure'

export interface AuditEntry {
  /** UTC ms */
  at: number
  action: AuditAction
  outcome: AuditOutcome
  actorId?: string | undefined
  applicationId?: string | undefined
  deviceId?: string | undefined
  ip?: string | undefined
  /** Route pattern or socket event, never a URL with an id of a person in its query. */
  route?: string | undefined
  status?: number | undefined
  /** Id of what it was done to: an account, a client, an application. */
  subject?: string | undefined
  requestId?: string | undefined
}

export interface AuditEvent extends AuditEntry {
  seq: number
  previousHash: string
  hash: string
}

/** The text whose SHA-256 is an event's hash: its fields as a JSON array in this order, absent ones as null. */
export function canonicalAuditText(seq: number, previousHash: string, entry: AuditEntry): string {
  return JSON.stringify([
    seq,
    previousHash,
    entry.at,
    entry.action,
    entry.outcome,
    entry.actorId ?? null,
    entry.applicationId ?? null,
    entry.deviceId ?? null,
    entry.ip ?? null,
    entry.route ?? null,
    entry.status ?? null,
    entry.subject ?? null,
    entry.requestId ?? null,
  ])
}
