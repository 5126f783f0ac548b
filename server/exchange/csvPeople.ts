import { createHash } from 'node:crypto'
import { readClientNumber } from '#domain/clients/number.ts'
import { StartProblem } from '#server/config.ts'
import { ADDRESS_PARTS, type ChosenColumns, type Column, hasNameColumn, type Meaning, plain, readHeader } from './columns.ts'
import { type CsvRow, csvRows, delimiterOf } from './csvRows.ts'
import { splitName } from './fullName.ts'
import type { Person, Place, Read } from './person.ts'
import { fitFields, type RawValues, tidy } from './values.ts'

/** @param system the name of the system the file comes from, when two of them use one heading for their identifiers */
export interface CsvReading {
  file: string
  today: string
  system: string | null
  columns?: ChosenColumns | undefined
}

/** The people of a CSV file. Throws `StartProblem` when no column holds a name. */
export async function* csvPeople(text: AsyncIterable<string>, reading: CsvReading): AsyncGenerator<Read> {
  let columns: Column[] | null = null
  let ambiguous = false
  for await (const row of rowsOf(text)) {
    if (columns === null) {
      columns = readColumns(row, reading)
      yield* unknownColumns(columns, reading.file)
      continue
    }
    const read = readRow(row, columns, reading)
    if (read.ambiguousDate && !ambiguous) {
      ambiguous = true
      yield { kind: 'note', file: reading.file, note: 'dates such as 03/04/1990 are read as day/month/year' }
    }
    yield read.read
  }
  if (columns === null) throw new StartProblem(`The file ${reading.file} is empty: name a CSV or FHIR file with people in it.`)
}

/** The first piece tells what parts the cells. */
export async function* rowsOf(text: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const pieces = text[Symbol.asyncIterator]()
  let start = ''
  while (!/\S.*\n/.test(start)) {
    const { value, done } = await pieces.next()
    if (done) break
    start += value
  }
  const header = /^\s*(\S.*)/.exec(start)?.[1] ?? ''
  yield* csvRows(joined(start, pieces), delimiterOf(header))
}

async function* joined(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function readColumns({ cells }: CsvRow, { file, columns: chosen }: CsvReading): Column[] {
  const columns = readHeader(cells ?? [], chosen)
  if (hasNameColumn(columns)) return columns
  const found = columns
    .map(({ header }) => header)
    .join(', ')
    .slice(0, 200)
  throw new StartProblem(
    `The file ${file} has no column for a name (its first line has: ${found}): give the columns headings such as given_name and surname.`,
  )
}

function* unknownColumns(columns: readonly Column[], file: string): Generator<Read> {
  const unknown = columns.filter(({ meaning, header }) => meaning === null && header !== '').map(({ header }) => header)
  if (unknown.length > 0) yield { kind: 'note', file, note: `columns that were not taken over: ${unknown.join(', ')}` }
}

function readRow({ line, cells }: CsvRow, columns: readonly Column[], reading: CsvReading): { read: Read; ambiguousDate: boolean } {
  const place: Place = { file: reading.file, line }
  const reject = (reason: string) => ({ read: { kind: 'rejected', place, reason } as const, ambiguousDate: false })
  if (cells === null) return reject('a quotation mark is opened and not closed')
  const { values, extra } = valuesOf(cells, columns)
  const { fields, warnings, ambiguousDate } = fitFields(rawValues(values), reading.today, extra)
  if (!fields.givenName && !fields.middleName && !fields.familyName) return reject('it has no name')
  if (cells.length > columns.length)
    warnings.push(`it has ${cells.length} cells for ${columns.length} columns: what is over is in the notes`)
  const contentHash = hash(
    columns.map(({ index, meaning }) => (meaning === null || meaning === 'ours' ? '' : (cells[index] ?? ''))).concat(extra),
  )
  const person: Person = {
    kind: 'person',
    place,
    ...identity(values, columns, reading, contentHash),
    fields,
    enrollments: [],
    episodes: [],
    contentHash,
    warnings,
  }
  return { read: person, ambiguousDate }
}

type Values = Map<Meaning, string>

/** The first cell with something in it counts; another value under the same meaning, or beyond the last column, is kept. */
function valuesOf(cells: readonly string[], columns: readonly Column[]): { values: Values; extra: string[] } {
  const values: Values = new Map()
  const extra: string[] = []
  for (const { index, meaning, header } of columns) {
    if (meaning === null || meaning === 'ours') continue
    const value = unescaped(cells[index] ?? '').trim()
    const known = values.get(meaning)
    if (known && value && known !== value) extra.push(`${header}: ${tidy(value)}`)
    else if (!known) values.set(meaning, value)
  }
  const over = cells
    .slice(columns.length)
    .map(tidy)
    .filter((cell) => cell !== '')
  return { values, extra: over.length > 0 ? [...extra, `Imported without a column: ${over.join(', ')}`] : extra }
}

/** Our export puts an apostrophe before what a spreadsheet would take for a formula. */
function unescaped(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '')
}

function rawValues(values: Values): RawValues {
  const { fullName, ...named } = Object.fromEntries(values) as Partial<Record<Meaning, string>>
  const raw: RawValues = fullName && !named.givenName && !named.familyName ? { ...named, ...splitName(fullName) } : named
  const parts = ADDRESS_PARTS.flatMap((part) => values.get(part) || [])
  const hasParts = ADDRESS_PARTS.some((part) => values.has(part))
  return hasParts ? { ...raw, address: [raw.address ?? '', ...parts].filter((part) => part !== '').join(' ') } : raw
}

function identity(
  values: Values,
  columns: readonly Column[],
  { system }: CsvReading,
  contentHash: string,
): Pick<Person, 'source' | 'externalId' | 'clientNumber'> {
  const own = values.get('clientNumber') ?? ''
  const clientNumber = readClientNumber(own)
  if (clientNumber !== null) return { source: 'client-number', externalId: clientNumber, clientNumber }
  const source = (kind: string) => ['csv', ...(system === null ? [] : [system]), kind].join(':')
  const heading = (meaning: Meaning) =>
    plain(columns.find((column) => column.meaning === meaning && values.get(meaning))?.header ?? meaning)
  const external = values.get('externalId') ?? ''
  if (external !== '') return { source: source(heading('externalId')), externalId: external, clientNumber }
  if (own !== '') return { source: source(heading('clientNumber')), externalId: own, clientNumber }
  return { source: source('row'), externalId: contentHash, clientNumber }
}

export function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
