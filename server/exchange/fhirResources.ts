import { readFile, stat } from 'node:fs/promises'
import { StartProblem } from '#server/config.ts'
import { bundleShape } from './fhirShapes.ts'
import { readText } from './textFile.ts'

/** One resource of a FHIR file. */
export interface Found {
  resource: unknown
  fullUrl: string | undefined
  /** The line of NDJSON, the number of the entry in a bundle. */
  line: number
  /** Ids are only good inside it: a bundle, or all NDJSON files of one export. */
  scope: string
}

/** A JSON text longer than this does not fit into one string; NDJSON has no such limit. */
const LONGEST_JSON = 400 * 1024 * 1024

/** Resources of a Bundle, of a single resource, or of NDJSON with either on its lines. Throws `StartProblem` for anything else. */
export async function* fhirResources(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<Found> {
  if (!(await firstLineIsWhole(file))) {
    yield* unpack(await wholeFile(file), file, 1)
    onBytes?.((await stat(file)).size)
    return
  }
  let number = 0
  for await (const line of linesOf(readText(file, onBytes))) {
    number += 1
    if (line.trim() === '') continue
    const resource = parse(line)
    yield* resource === undefined
      ? [{ resource: null, fullUrl: undefined, line: number, scope: '' }]
      : unpack(resource, `${file}:${number}`, number)
  }
}

function* unpack(resource: unknown, scope: string, line: number): Generator<Found> {
  const bundle = bundleShape.safeParse(resource)
  if (!bundle.success) return yield { resource, fullUrl: undefined, line, scope: '' }
  for (const [index, entry] of bundle.data.entry.entries()) {
    if (entry.request?.method !== 'DELETE') yield { resource: entry.resource, fullUrl: entry.fullUrl, line: index + 1, scope }
  }
}

async function wholeFile(file: string): Promise<unknown> {
  if ((await stat(file)).size > LONGEST_JSON)
    throw new StartProblem(`The file ${file} is too large for one JSON text: export it as NDJSON, one resource a line.`)
  const resource = parse(new TextDecoder().decode(await readFile(file)))
  if (typeof resource === 'object' && resource !== null && 'resourceType' in resource) return resource
  throw new StartProblem(`The file ${file} is not FHIR R4 JSON (a Bundle, a Patient or NDJSON): export it again, or name a CSV file.`)
}

async function firstLineIsWhole(file: string): Promise<boolean> {
  for await (const line of linesOf(readText(file))) {
    if (line.trim() === '') continue
    const resource = parse(line)
    return typeof resource === 'object' && resource !== null && 'resourceType' in resource
  }
  return false
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
