import { dayOf } from '../calendar.ts'
import type { CollectionName } from '../collections.ts'
import { EVERYWHERE } from '../collections.ts'
import type { Fields } from '../scalars.ts'

/**
 * What one record adds to the running totals, as counter keys with parts joined by '|'. The server keeps the totals inside
 * each change's transaction; a recount over all records gives the same numbers, and a tablet counts its own by the same
 * words. The parts of each key stand in `COUNTERS`; what is made of them in measures.ts.
 */

export const COUNTERS = {
  programs: ['room', 'state'],
  clients: ['facility'],
  /** The day first: a week is read without the years before it. */
  registered: ['day', 'facility'],
  /** Of clients: year of birth 'YYYY', or '?'. */
  persons: ['facility', 'sex', 'year'],
  enrollments: ['facility', 'program', 'status'],
  /** By the month 'YYYY-MM' in which they began; those entered in error are none. */
  begun: ['facility', 'program', 'month'],
  /** By the month in which they ended. */
  ended: ['facility', 'program', 'month', 'status'],
  /** Those who were not kept, by the month in which they began: within how many months (`WITHIN`) they were lost, or went elsewhere. */
  left: ['facility', 'program', 'month', 'within', 'how'],
  /** Those that ended, by how many days they lasted (`lastedFor`). */
  stayed: ['facility', 'program', 'days'],
  /** Active ones, by who is enrolled. */
  enrolled: ['facility', 'program', 'sex', 'year'],
  /** Active ones, by the day that somebody is expected. */
  visits: ['facility', 'program', 'day'],
  /** Open questions. */
  issues: ['facility', 'kind'],
} as const

export type CounterName = keyof typeof COUNTERS

/** Months after which it is asked who is still there. Each end is counted under the first of them it is within. */
export const WITHIN = [3, 6, 12] as const
const HOW: Readonly<Record<string, 'lost' | 'elsewhere'>> = { withdrawn: 'lost', lost: 'lost', died: 'lost', transferred: 'elsewhere' }

/** Raised when keys change their meaning: the totals of before are counted anew at the next start. */
export const TALLY_VERSION = 3

export interface TallyRecord {
  fields: Fields
  deleted: boolean
  /** UTC ms */
  createdAt: number
}

/** What an enrollment's counters say of its client. */
export interface TallyPerson {
  sex: string
  /** 'YYYY', or '?' */
  year: string
}

export const NOBODY: TallyPerson = { sex: 'unknown', year: '?' }

export function personOf(client: Pick<TallyRecord, 'fields'> | null): TallyPerson {
  if (client === null) return NOBODY
  const { sex, bornOn } = client.fields
  return { sex: String(sex ?? 'unknown'), year: typeof bornOn === 'string' ? bornOn.slice(0, 4) : '?' }
}

/** @param person of an enrollment: its client; of other records it is not asked for */
export function tally(collection: CollectionName, record: TallyRecord | null, timeZone: string, person: TallyPerson = NOBODY): string[] {
  if (record === null || record.deleted) return []
  const { fields } = record
  if (collection === 'programs') return [key('programs', EVERYWHERE, fields.active ? 'active' : 'inactive')]
  if (collection === 'issues') return fields.state === 'open' ? [key('issues', String(fields.facilityId), String(fields.kind))] : []
  if (collection === 'clients') return fields.mergedInto === null ? ofClient(record, timeZone) : []
  return collection === 'enrollments' ? ofEnrollment(fields, person) : []
}

function ofClient({ fields, createdAt, ...rest }: TallyRecord, timeZone: string): string[] {
  const facility = String(fields.facilityId)
  const { sex, year } = personOf({ fields, ...rest })
  return [key('clients', facility), key('registered', dayOf(createdAt, timeZone), facility), key('persons', facility, sex, year)]
}

function ofEnrollment(fields: Fields, { sex, year }: TallyPerson): string[] {
  const [status, facility, program] = [String(fields.status), String(fields.facilityId), String(fields.programId)]
  const keys = [key('enrollments', facility, program, status)]
  if (status === 'entered-in-error') return keys
  const month = monthOf(fields.enrolledOn)
  keys.push(key('begun', facility, program, month))
  if (status !== 'active') {
    const end = monthOf(fields.endedOn ?? fields.enrolledOn)
    keys.push(key('ended', facility, program, end, status))
    keys.push(key('stayed', facility, program, String(lastedFor(fields.enrolledOn, fields.endedOn ?? fields.enrolledOn))))
    const within = WITHIN.find((months) => monthsBetween(month, end) < months)
    const how = HOW[status]
    if (within !== undefined && how !== undefined) keys.push(key('left', facility, program, month, String(within), how))
    return keys
  }
  keys.push(key('enrolled', facility, program, sex, year))
  if (typeof fields.nextVisitOn === 'string') keys.push(key('visits', facility, program, fields.nextVisitOn))
  return keys
}

/**
 * Changes of the counters when `before` becomes `after`.
 * @param persons of an enrollment: its client before and after
 */
export function tallyDifference(
  collection: CollectionName,
  before: TallyRecord | null,
  after: TallyRecord | null,
  timeZone: string,
  persons: { before: TallyPerson; after: TallyPerson } = { before: NOBODY, after: NOBODY },
): Map<string, number> {
  const difference = new Map<string, number>()
  const add = (counter: string, amount: number) => difference.set(counter, (difference.get(counter) ?? 0) + amount)
  for (const counter of tally(collection, before, timeZone, persons.before)) add(counter, -1)
  for (const counter of tally(collection, after, timeZone, persons.after)) add(counter, 1)
  for (const [counter, amount] of difference) if (amount === 0) difference.delete(counter)
  return difference
}

/** Days from one day to another: each for itself within three months, then to the week, and beyond a year to 30 days. */
function lastedFor(from: unknown, to: unknown): number {
  const days = Math.max(0, Math.round((Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000)) || 0
  const step = days <= 91 ? 1 : days <= 366 ? 7 : 30
  return Math.round(days / step) * step
}

function monthOf(day: unknown): string {
  return String(day).slice(0, 7)
}

/** From one month 'YYYY-MM' to another. */
export function monthsBetween(from: string, to: string): number {
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return count(to) - count(from)
}

/** @returns the month 'YYYY-MM' that is so many after another */
export function monthAfter(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

function key(name: CounterName, ...parts: string[]): string {
  return [name, ...parts].join('|')
}
