import type { IncomingMessage } from 'node:http'
import type { AuditAction } from '#domain/audit/event.ts'
import type { Reply } from '#server/partners/reply.ts'

export interface PartnerRequest {
  request: IncomingMessage
  ip: string
  /** What stands behind the question mark. */
  query: string
  /** What the first group of the route's `path` found, decoded. */
  id: string
  requestId: string
}

export interface PartnerRoute {
  /** With and without the slash at its end, because a redirect would turn a POST into a GET. */
  path: RegExp
  /** As the audit log names it. */
  pattern: string
  methods: readonly string[]
  /** Null for what is public and tells of nobody. */
  action: AuditAction | null
  answer(asked: PartnerRequest): Promise<Reply>
}

/** A header that came several times, as one (RFC 9110 section 5.2). */
export function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}
