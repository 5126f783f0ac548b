import { z } from 'zod'
import type { ReportFilter } from '#domain/statistics/measures.ts'
import { monthAfter } from '#domain/statistics/tally.ts'

const id = (most: number) => z.string().trim().min(1).max(most).optional().catch(undefined)
const month = z
  .string()
  .regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)
  .optional()
  .catch(undefined)

/** The address of a report: what does not fit counts as not asked for, as with any typed address. */
const schema = z.object({ facility: id(40), program: id(20), from: month, to: month })

/** Twelve months, the last of them the one of today, unless others are asked for. */
export function readReportFilter(search: URLSearchParams, today: string): ReportFilter {
  const { facility = null, program = null, from, to = today.slice(0, 7) } = schema.parse(Object.fromEntries(search))
  const first = from ?? monthAfter(to, -11)
  // The other way round is meant, too.
  return first <= to ? { facility, program, from: first, to } : { facility, program, from: to, to: first }
}

/** The query of the same figures. */
export function reportQuery({ facility, program, from, to }: ReportFilter): string {
  const given = Object.entries({ facility, program, from, to }).filter(([, value]) => value !== null)
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
