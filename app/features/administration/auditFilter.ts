import { z } from 'zod'
import { AUDIT_ACTIONS } from '#domain/audit/event.ts'
import { plainDate } from '#domain/scalars.ts'

/** The address of the audit page: what does not fit counts as not asked for, as with any typed address. */
const schema = z.object({
  action: z.enum(AUDIT_ACTIONS).optional().catch(undefined),
  actor: z.string().min(1).max(64).optional().catch(undefined),
  outcome: z.enum(['success', 'failure']).optional().catch(undefined),
  day: plainDate.optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
})

export type AuditFilter = z.infer<typeof schema>

export function readFilter(search: URLSearchParams): AuditFilter {
  return schema.parse(Object.fromEntries(search))
}

/** The query of the page that ends before `before`; of the newest page without it. */
export function filterQuery(filter: AuditFilter, before?: number): string {
  const { action, actor, outcome, day } = filter
  const given = Object.entries({ action, actor, outcome, day, before }).filter(([, value]) => value !== undefined)
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
