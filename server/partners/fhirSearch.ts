import { plainId } from '#domain/clients/matchKeys.ts'
import { readClientNumber } from '#domain/clients/number.ts'
import { isPlainDate } from '#domain/scalars.ts'
import { CLIENT_NUMBER, NATIONAL_ID } from '#server/exchange/fhirExport.ts'
import { fhirFailure } from './fhirReply.ts'
import type { Reply } from './reply.ts'

/** FHIR R4 search (http://hl7.org/fhir/R4/search.html): the parameters of one request, each as a test of one value. */

export class SearchMistake extends Error {}

/** A parameter that makes no sense is told as one. */
export async function orMistake(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SearchMistake) return fhirFailure(400, error.message)
    throw error
  }
}

export interface Page {
  count: number
  /** The last id of the page before. */
  after: string
}

const USUAL_COUNT = 50
const MOST = 200

/** Of the page, not of the resources. */
const OF_PAGE = ['_count', '_cursor', '_format', '_sort']

/** @returns each parameter with its values; a parameter that stands twice must hold twice. Throws `SearchMistake`. */
export function readParameters(query: string, known: readonly string[]): { page: Page; asked: [string, string][] } {
  const asked = [...new URLSearchParams(query)].filter(([, value]) => value !== '')
  const of = (name: string) => asked.find(([one]) => one === name)?.[1]
  for (const [name] of asked)
    if (!known.includes(name) && !OF_PAGE.includes(name)) throw new SearchMistake(`The parameter ${name.slice(0, 60)} is not supported.`)
  const sort = of('_sort')
  if (sort !== undefined && sort !== '_id') throw new SearchMistake('Only _sort=_id is supported.')
  const count = of('_count') ?? String(USUAL_COUNT)
  if (!/^\d{1,6}$/.test(count)) throw new SearchMistake('_count is a whole number.')
  const page = { count: Math.min(Number(count), MOST), after: of('_cursor') ?? '' }
  return { page, asked: asked.filter(([name]) => known.includes(name)) }
}

type DateTest = (from: number, to: number) => boolean

const COMPARISONS: Record<string, (asked: [number, number]) => DateTest> = {
  eq:
    ([from, to]) =>
    (low, high) =>
      from <= low && high <= to,
  ne:
    ([from, to]) =>
    (low, high) =>
      !(from <= low && high <= to),
  gt:
    ([, to]) =>
    (_low, high) =>
      high > to,
  lt:
    ([from]) =>
    (low) =>
      low < from,
  ge:
    ([from]) =>
    (_low, high) =>
      high > from,
  le:
    ([, to]) =>
    (low) =>
      low < to,
  sa:
    ([, to]) =>
    (low) =>
      low >= to,
  eb:
    ([from]) =>
    (_low, high) =>
      high <= from,
}

/** A date parameter such as `ge2024-01` or `2024-01-05T10:00:00Z`, as a test of a span in UTC ms (end excluded). */
export function dateTest(text: string): DateTest {
  const tests = text.split(',').map((one) => {
    const [, prefix = 'eq', date = ''] = /^([a-z]{2})?(.*)$/.exec(one) ?? []
    const comparison = COMPARISONS[prefix]
    const span = comparison === undefined ? null : spanOf(date)
    if (comparison === undefined || span === null) throw new SearchMistake(`The date ${one.slice(0, 40)} is not understood.`)
    return comparison(span)
  })
  return (low, high) => tests.some((test) => test(low, high))
}

/** @returns the first ms and the first after it; null for what is no date of FHIR */
export function spanOf(date: string): [number, number] | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date) ?? []
  if (year !== undefined) {
    if (!isPlainDate(`${year}-${month ?? '01'}-${day ?? '01'}`)) return null
    const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)]
    const end = day !== undefined ? utc(y, m, d + 1) : month !== undefined ? utc(y, m + 1, 1) : utc(y + 1, 1, 1)
    return [utc(y, m, d), end]
  }
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.]\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(date) ? Date.parse(date) : Number.NaN
  if (Number.isNaN(moment)) return null
  const ms = /[.]\d/.test(date) ? 1 : /T\d{2}:\d{2}:\d{2}/.test(date) ? 1000 : 60_000
  return [moment, moment + ms]
}

/** Years below 100 are not of the last century. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}

/** A string parameter: begins with one of these words, whatever its capitals and accents. */
export function textTest(text: string): (value: string | null) => boolean {
  const wanted = text.split(',').map(plainText)
  return (value) => value !== null && wanted.some((start) => wordStarts(value).some((word) => word.startsWith(start)))
}

/** The whole, and from each further word on: `Maria` finds `Anna Maria`. */
function wordStarts(value: string): string[] {
  const plain = plainText(value)
  return [plain, ...[...plain.matchAll(/\s+/g)].map(({ index, 0: space }) => plain.slice(index + space.length))]
}

function plainText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** `system|value` or a value alone. @returns the ids of clients it can be, or a key of ours to look under; null: it is nobody's */
export function identifierOf(text: string, origin: string): { id: string } | { key: string } | null {
  const [system, value] = text.includes('|') ? (text.split('|', 2) as [string, string]) : [null, text]
  if (system === null) {
    const number = readClientNumber(value)
    if (number !== null) return { id: number }
  }
  if (system === `${origin}${CLIENT_NUMBER}`) return { id: readClientNumber(value) ?? value }
  if (system !== null && system !== `${origin}${NATIONAL_ID}`) return null
  const plain = plainId(value)
  return plain === null ? null : { key: `i:${plain}` }
}
