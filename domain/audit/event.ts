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
  'device.key-kept',
  'device.key-given',
  'account.roles',
  'account.profile',
  'account.password-changed',
  'account.password-reset',
  'account.reset-requested',
  'account.reset-code',
  'account.reset-mail',
  'account.invitation-mail',
  'account.recovery-link',
  'account.recovered',
  'account.session-ended',
  'account.signed-out-everywhere',
  'account.code-asked',
  'account.second-factor-begun',
  'account.second-factor-on',
  'account.second-factor-off',
  'account.second-factor-taken',
  'account.recovery-codes',
  'account.recovery-code',
  'account.throttled',
  'setting.changed',
  'application.created',
  'application.disabled',
  'application.enabled',
  'application.secret',
  'application.changed',
  'application.tokens-ended',
  'application.webhook',
  'facility.created',
  'facility.changed',
  'partner.token',
  'partner.client-read',
  'partner.client-told',
  'partner.list-read',
  'partner.log-read',
  'partner.statistics-read',
  'partner.export',
  'partner.token-asked-about',
  'partner.token-revoked',
  'partner.refusals',
  'client.viewed',
  'client.history-read',
  'record.changed',
  'record.recovered',
  'client.erasure-requested',
  'client.erasure-refused',
  'client.erased',
  'client.joined',
  'client.parted',
  'client.looked-up',
  'client.shared',
  'client.unshared',
  'device.revoked',
  'device.quarantined',
  'device.wiped',
  'device.unsent-file',
  'server.epoch-renewed',
  'server.backup',
  'server.restored',
  'server.signing-key',
  'exchange.import',
  'exchange.export',
  'audit.exported',
  'audit.verified',
  'audit.pruned',
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
  /** UTC ms by the device's clock, of what was seen without a connection; `at` is when the server heard of it. */
  deviceTime?: number | undefined
}

export interface AuditEvent extends AuditEntry {
  seq: number
  previousHash: string
  hash: string
}

/**
 * The text whose SHA-256 is an event's hash: its fields as a JSON array in this order, absent ones as null. What was added
 * later stands at the end, and only where an event has it: events from before keep their text.
 */
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
    ...((entry.deviceTime ?? null) === null ? [] : [entry.deviceTime]),
  ])
}
