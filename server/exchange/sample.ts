import { dayOf } from '#domain/calendar.ts'
import type { ClientFields } from '#domain/clients/client.ts'
import { fullName } from '#domain/clients/client.ts'
import { StartProblem } from '#server/config.ts'
import { type ChosenColumns, type Meaning, readHeader } from './columns.ts'
import { csvPeople, rowsOf } from './csvPeople.ts'
import { fhirPeople, noIllnesses } from './fhirPeople.ts'
import type { Read } from './person.ts'
import { fhirFiles } from './readPeople.ts'
import { readText } from './textFile.ts'

const ROWS = 3
const PEOPLE = 8

/** A heading, what it is taken for, and what stands under it. */
export interface SampleColumn {
  header: string
  meaning: Meaning | null
  values: string[]
}

export interface SamplePerson extends Pick<ClientFields, 'sex' | 'bornOn' | 'bornOnEstimated' | 'phone' | 'nationalId'> {
  line: number
  name: string
  warnings: string[]
}

export interface Sample {
  /** Of the CSV files; a heading that several have stands once. */
  columns: SampleColumn[]
  /** The first ones, as they would be taken over. */
  people: SamplePerson[]
  /** Lines among the first that would not be, and why. */
  rejected: { line: number; reason: string }[]
  /** Why, in words, nobody can be taken over as it is. */
  failure: string | null
}

export interface Sampling {
  files: readonly string[]
  columns: ChosenColumns
  /** UTC ms */
  at: number
  timeZone: string
}

/** The beginning of the files, as an import understands it. */
export async function sampleOf(sampling: Sampling): Promise<Sample> {
  const sample: Sample = { columns: [], people: [], rejected: [], failure: null }
  try {
    await lookInto(sample, sampling)
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error
    sample.failure = error.message
  }
  return sample
}

async function lookInto(sample: Sample, { files, columns: chosen, at, timeZone }: Sampling): Promise<void> {
  const today = dayOf(at, timeZone)
  const fhir = await fhirFiles(files)
  for (const file of files) {
    if (!fhir.has(file)) await addColumns(sample.columns, file, chosen)
    const people = fhir.has(file)
      ? fhirPeople({ file, illnesses: noIllnesses(), today, timeZone, onBytes: () => undefined })
      : csvPeople(readText(file), { file, today, system: null, columns: chosen })
    await addPeople(sample, people)
  }
}

async function addColumns(columns: SampleColumn[], file: string, chosen: ChosenColumns): Promise<void> {
  let head: ReturnType<typeof readHeader> | null = null
  let rows = 0
  for await (const { cells } of rowsOf(readText(file))) {
    if (cells === null) continue
    if (head === null) {
      head = readHeader(cells, chosen)
      for (const { header, meaning } of head) {
        if (header !== '' && !columns.some((one) => one.header === header)) columns.push({ header, meaning, values: [] })
      }
    } else {
      for (const { header, index } of head) {
        const value = cells[index]?.trim() ?? ''
        const column = columns.find((one) => one.header === header)
        if (column && value !== '' && column.values.length < ROWS) column.values.push(value.slice(0, 60))
      }
      rows += 1
    }
    if (rows === ROWS) return
  }
}

async function addPeople(sample: Sample, people: AsyncGenerator<Read>): Promise<void> {
  for await (const read of people) {
    if (sample.people.length + sample.rejected.length >= PEOPLE) return
    if (read.kind === 'rejected') sample.rejected.push({ line: read.place.line, reason: read.reason })
    if (read.kind !== 'person') continue
    const { givenName = null, middleName = null, familyName = null } = read.fields
    const { sex = 'unknown', bornOn = null, bornOnEstimated = false, phone = null, nationalId = null } = read.fields
    const name = fullName({ givenName, middleName, familyName })
    sample.people.push({ line: read.place.line, name, sex, bornOn, bornOnEstimated, phone, nationalId, warnings: read.warnings })
  }
}
