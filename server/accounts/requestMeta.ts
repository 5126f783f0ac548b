import type { AuditAction, AuditEntry, AuditOutcome } from '#domain/audit/event.ts'

/** Where a request came from, as the audit log and the list of sessions tell it. */
export interface RequestMeta {
  ip?: string | undefined
  userAgent?: string | undefined
  requestId?: string | undefined
  /** Route pattern, never the address itself: it may hold a token. */
  route?: string | undefined
  /** Cookie header: which session, and which browser. Never written down. */
  cookie?: string | undefined
}

/** The audit entry of something that an account did, or that was done to one. */
export function accountEvent(
  at: number,
  action: AuditAction,
  outcome: AuditOutcome,
  { ip, requestId, route }: RequestMeta,
  who: { actorId?: string | undefined; subject?: string | undefined },
): AuditEntry {
  return { at, action, outcome, ip, requestId, route, ...who }
}
