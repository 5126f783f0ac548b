import { addDays } from '../calendar.ts'
import { AGE_BANDS, type AgeBand, bandOf } from '../clients/ageBand.ts'
import { SEXES } from '../clients/client.ts'
import type { EnrollmentStatus } from '../enrollments/enrollment.ts'
import { COUNTERS, type CounterName, monthAfter, monthsBetween, WITHIN } from './tally.ts'

/** What the counters mean. Pure: the server, a tablet and the tests make the same figures of the same counters. */

type RetentionId = `retention${(typeof WITHIN)[number]}`

/** What a figure is made of. Of one program, or of all of them. */
export interface Figures {
  status: Record<EnrollmentStatus, number>
  /** Who began, and how many of them were left, by the month of a cohort; see `retention`. */
  retention: Record<RetentionId, { of: number; left: number }>
  /** Enrollments that ended, by how many days they lasted. */
  stayed: ReadonlyMap<number, number>
}

export interface Measure {
  id: string
  unit: 'enrollments' | 'percent' | 'days'
  /** Counters that it is made of. */
  source: readonly CounterName[]
  /** Null when there is nobody it could be said of. */
  value: (figures: Figures) => number | null
}

const EVER: readonly EnrollmentStatus[] = ['active', 'completed', 'transferred', 'withdrawn', 'lost', 'died']
const byStatus = (id: string, ...statuses: EnrollmentStatus[]): Measure => ({
  id,
  unit: 'enrollments',
  source: ['enrollments'],
  value: ({ status }) => statuses.reduce((sum, name) => sum + status[name], 0),
})
const retainedFor = (months: (typeof WITHIN)[number]): Measure => ({
  id: `retention${months}`,
  unit: 'percent',
  source: ['begun', 'left'],
  value: ({ retention }) => {
    const { of, left } = retention[`retention${months}`]
    return of === 0 ? null : (100 * (of - left)) / of
  },
})

const medianDays: Measure = { id: 'medianDays', unit: 'days', source: ['stayed'], value: ({ stayed }) => medianOf(stayed) }

function medianOf(counts: ReadonlyMap<number, number>): number | null {
  const all = [...counts].sort(([a], [b]) => a - b)
  const total = all.reduce((sum, [, count]) => sum + count, 0)
  let passed = 0
  for (const [value, count] of all) {
    passed += count
    if (passed * 2 >= total && total > 0) return value
  }
  return null
}

/** The one list of what is told of a program. A measure is added here and nowhere else; its words are in app/language. */
export const MEASURES = [
  byStatus('active', 'active'),
  byStatus('ever', ...EVER),
  byStatus('completed', 'completed'),
  byStatus('droppedOut', 'withdrawn', 'lost'),
  byStatus('lost', 'lost'),
  byStatus('transferred', 'transferred'),
  byStatus('died', 'died'),
  medianDays,
  ...WITHIN.map(retainedFor),
] as const

export type MeasureId = 'active' | 'ever' | 'completed' | 'droppedOut' | 'lost' | 'transferred' | 'died' | 'medianDays' | RetentionId

/** Months 'YYYY-MM', both ends included. */
export interface ReportFilter {
  facility: string | null
  program: string | null
  from: string
  to: string
}

export interface MonthFigures {
  month: string
  registered: number
  begun: number
  completed: number
  droppedOut: number
}

export interface AgeFigures {
  band: AgeBand
  /** In the order of `SEXES`. */
  bySex: number[]
}

export interface Report {
  /** UTC ms */
  asOf: number
  filter: ReportFilter
  clients: number
  programsActive: number
  total: Record<MeasureId, number | null>
  programs: { programId: string; name: string; values: Record<MeasureId, number | null> }[]
  months: MonthFigures[]
  /** Of the clients, or of the active enrollments of the program that is asked for. The age is the one reached this year. */
  ages: AgeFigures[]
  /** Active enrollments by when somebody is expected. */
  visits: { overdue: number; today: number; thisWeek: number }
  issues: { conflicts: number; possibleDuplicates: number; other: number }
  /** Of the people in `ages`: what is not known of how many. */
  quality: { people: number; sexUnknown: number; birthUnknown: number }
}

export interface ReportParts {
  /** Rows of the counters. */
  counters: Iterable<readonly [string, number]>
  programs: readonly { id: string; name: string }[]
  filter: ReportFilter
  /** 'YYYY-MM-DD' in the installation's time zone, or the tablet's. */
  today: string
  asOf: number
}

/** More months than this are no picture any more. */
const MOST_MONTHS = 120
const ENDED_WELL: readonly string[] = ['completed']
const DROPPED_OUT: readonly string[] = ['withdrawn', 'lost']

export function report({ counters, programs, filter, today, asOf }: ReportParts): Report {
  const rows = [...counters].flatMap(([key, value]) => readCounter(key, value) ?? [])
  const here = rows.filter(({ parts }) => isWanted(parts, filter))
  const thisMonth = today.slice(0, 7)
  const of = (program: string | null) => valuesOf(figuresOf(here, program, filter, thisMonth))
  return {
    asOf,
    filter,
    clients: sum(here, 'clients'),
    programsActive: rows.reduce(
      (total, { name, parts, value }) => (name === 'programs' && parts.state === 'active' ? total + value : total),
      0,
    ),
    total: of(null),
    programs: programs
      .filter(({ id }) => filter.program === null || id === filter.program)
      .map(({ id, name }) => ({ programId: id, name, values: of(id) }))
      .sort((a, b) => (b.values.active ?? 0) - (a.values.active ?? 0) || a.programId.localeCompare(b.programId)),
    months: monthsOf(here, filter),
    ages: agesOf(here, filter, Number(today.slice(0, 4))),
    visits: visitsOf(here, today),
    issues: issuesOf(here),
    quality: qualityOf(here, filter),
  }
}

interface Counted {
  name: CounterName
  parts: Record<string, string>
  value: number
}

function readCounter(key: string, value: number): Counted | null {
  const [name = '', ...values] = key.split('|')
  if (!Object.hasOwn(COUNTERS, name)) return null
  const names = COUNTERS[name as CounterName]
  return { name: name as CounterName, parts: Object.fromEntries(names.map((part, index) => [part, values[index] ?? ''])), value }
}

/** What names no facility, or no program, is of all of them. */
function isWanted(parts: Record<string, string>, { facility, program }: ReportFilter): boolean {
  return (
    (facility === null || parts.facility === undefined || parts.facility === facility) &&
    (program === null || parts.program === undefined || parts.program === program)
  )
}

function sum(rows: readonly Counted[], name: CounterName): number {
  return rows.reduce((total, row) => (row.name === name ? total + row.value : total), 0)
}

function figuresOf(rows: readonly Counted[], program: string | null, { from, to }: ReportFilter, thisMonth: string): Figures {
  const status = Object.fromEntries([...EVER, 'entered-in-error'].map((name) => [name, 0])) as Figures['status']
  const retention = Object.fromEntries(WITHIN.map((months) => [`retention${months}`, { of: 0, left: 0 }])) as Figures['retention']
  const stayed = new Map<number, number>()
  for (const { name, parts, value } of rows) {
    if (program !== null && parts.program !== program) continue
    if (name === 'stayed') stayed.set(Number(parts.days), (stayed.get(Number(parts.days)) ?? 0) + value)
    if (name === 'enrollments' && parts.status !== undefined) status[parts.status as EnrollmentStatus] += value
    if (name !== 'begun' && name !== 'left') continue
    const { month = '' } = parts
    if (month < from || month > to) continue
    for (const months of WITHIN) {
      // A cohort counts once so much time has passed for all of it.
      if (monthsBetween(month, thisMonth) <= months) continue
      const own = retention[`retention${months}`]
      if (name === 'begun') own.of += value
      else if (Number(parts.within) > months) continue
      // Who went on somewhere else is neither kept nor lost.
      else if (parts.how === 'elsewhere') own.of -= value
      else own.left += value
    }
  }
  return { status, retention, stayed }
}

function valuesOf(figures: Figures): Record<MeasureId, number | null> {
  return Object.fromEntries(MEASURES.map(({ id, value }) => [id, value(figures)])) as Record<MeasureId, number | null>
}

function monthsOf(rows: readonly Counted[], { from, to }: ReportFilter): MonthFigures[] {
  const count = Math.min(MOST_MONTHS, Math.max(0, monthsBetween(from, to)) + 1)
  const months = new Map(
    Array.from({ length: count }, (_, index) => monthAfter(from, index)).map((month) => [
      month,
      { month, registered: 0, begun: 0, completed: 0, droppedOut: 0 },
    ]),
  )
  for (const { name, parts, value } of rows) {
    const registered = name === 'registered' ? months.get((parts.day ?? '').slice(0, 7)) : undefined
    if (registered) registered.registered += value
    const begun = name === 'begun' ? months.get(parts.month ?? '') : undefined
    if (begun) begun.begun += value
    const ended = name === 'ended' ? months.get(parts.month ?? '') : undefined
    if (ended && ENDED_WELL.includes(parts.status ?? '')) ended.completed += value
    if (ended && DROPPED_OUT.includes(parts.status ?? '')) ended.droppedOut += value
  }
  return [...months.values()]
}

function agesOf(rows: readonly Counted[], filter: ReportFilter, thisYear: number): AgeFigures[] {
  const ages = new Map(AGE_BANDS.map((band) => [band, SEXES.map(() => 0)]))
  for (const { parts, value } of peopleOf(rows, filter)) {
    const years = parts.year === '?' ? null : Math.max(0, thisYear - Number(parts.year))
    const bySex = ages.get(bandOf(years))
    const sex = (SEXES as readonly string[]).indexOf(parts.sex ?? '')
    if (bySex && sex !== -1) bySex[sex] = (bySex[sex] ?? 0) + value
  }
  return [...ages].map(([band, bySex]) => ({ band, bySex }))
}

/** Counters of people: of clients, or of those who are enrolled in the program that is asked for. */
function peopleOf(rows: readonly Counted[], { program }: ReportFilter): Counted[] {
  return rows.filter(({ name }) => name === (program === null ? 'persons' : 'enrolled'))
}

function qualityOf(rows: readonly Counted[], filter: ReportFilter): Report['quality'] {
  const quality = { people: 0, sexUnknown: 0, birthUnknown: 0 }
  for (const { parts, value } of peopleOf(rows, filter)) {
    quality.people += value
    if (parts.sex === 'unknown') quality.sexUnknown += value
    if (parts.year === '?') quality.birthUnknown += value
  }
  return quality
}

function visitsOf(rows: readonly Counted[], today: string): Report['visits'] {
  const visits = { overdue: 0, today: 0, thisWeek: 0 }
  const end = addDays(today, 7)
  for (const { name, parts, value } of rows) {
    if (name !== 'visits') continue
    const { day = '' } = parts
    if (day < today) visits.overdue += value
    else if (day === today) visits.today += value
    else if (day <= end) visits.thisWeek += value
  }
  return visits
}

function issuesOf(rows: readonly Counted[]): Report['issues'] {
  const issues = { conflicts: 0, possibleDuplicates: 0, other: 0 }
  for (const { name, parts, value } of rows) {
    if (name !== 'issues') continue
    if (parts.kind === 'conflict') issues.conflicts += value
    else if (parts.kind === 'possible-duplicate') issues.possibleDuplicates += value
    else issues.other += value
  }
  return issues
}
