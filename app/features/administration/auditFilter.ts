import { z } from 'zod'
import { AUDIT_ACTIONS } from '#domain/audit/event.ts'
import { readClientNumber } from '#domain/clients/number.ts'
import { plainDate } from '#domain/scalars.ts'
import type { AuditFormat } from '#server/audit/export.ts'

const id = z.string().trim().min(1).max(80).optional().catch(undefined)

/** The address of the audit page: what does not fit counts as not asked for, as with any typed address. */
const schema = z.object({
  action: z.enum(AUDIT_ACTIONS).optional().catch(undefined),
  actor: id,
  application: id,
  /** As it stands on the card, or an id of another system. */
  client: id.transform((typed) => (typed === undefined ? undefined : (readClientNumber(typed) ?? typed))),
  device: id.transform((typed) => typed?.toLowerCase()),
  outcome: z.enum(['success', 'failure']).optional().catch(undefined),
  from: plainDate.optional().catch(undefined),
  to: plainDate.optional().catch(undefined),
})
const place = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) })

export type AuditFilter = z.infer<typeof schema>

export function readFilter(search: URLSearchParams): AuditFilter {
  return schema.parse(Object.fromEntries(search))
}

/** Where the page before ended; undefined on the newest. */
export function readPlace(search: URLSearchParams): number | undefined {
  return place.parse(Object.fromEntries(search)).before
}

/** The query of the page that ends before `before`; of the newest page without it. */
export function filterQuery(filter: AuditFilter, more: { before?: number; format?: AuditFormat } = {}): string {
  const given = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== undefined)
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

export function readFormat(search: URLSearchParams): AuditFormat {
  return search.get('format') === 'fhir' ? 'fhir' : 'csv'
}
