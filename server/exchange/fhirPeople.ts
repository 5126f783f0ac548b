import { hash } from './csvPeople.ts'
import { diseaseOf, episodes, type Read as ReadCondition, readCondition } from './fhirCondition.ts'
import { type ReadEpisode, readEpisode } from './fhirEpisode.ts'
import { identityOf, isWhole, patientValues } from './fhirPatient.ts'
import { type Found, fhirResources } from './fhirResources.ts'
import {
  type Condition,
  conditionShape,
  type EpisodeOfCare,
  episodeShape,
  type Identifier,
  type Patient,
  patientShape,
} from './fhirShapes.ts'
import type { ImportedEnrollment, Read } from './person.ts'
import { fitFields } from './values.ts'

/** The conditions and episodes that matter, under each way their patient may be referred to. The only thing kept while files are read. */
export interface Illnesses {
  conditions: Map<string, Condition[]>
  episodes: Map<string, EpisodeOfCare[]>
}

export const noIllnesses = (): Illnesses => ({ conditions: new Map(), episodes: new Map() })

/** First pass over all files: a bulk export has patients, conditions and episodes in files of their own. */
export async function gatherIllnesses(files: readonly string[]): Promise<Illnesses> {
  const found = noIllnesses()
  for (const file of files) {
    for await (const { resource, scope } of fhirResources(file)) {
      const condition = conditionShape.safeParse(resource).data
      const episode = episodeShape.safeParse(resource).data
      if (condition && diseaseOf(condition) !== null) add(found.conditions, subjectKey(condition.subject, scope), condition)
      if (episode) add(found.episodes, subjectKey(episode.patient, scope), episode)
    }
  }
  return found
}

function add<T>(to: Map<string, T[]>, key: string, one: T): void {
  const known = to.get(key)
  if (known === undefined) to.set(key, [one])
  else known.push(one)
}

/** `urn:uuid:...`, `Patient/id`, an address that ends so, `Patient?identifier=system|value`, or an identifier alone. */
function subjectKey(subject: Condition['subject'], scope: string): string {
  const [reference = ''] = (subject?.reference ?? '').split('/_history/')
  const byIdentifier = /^Patient\?identifier=(.+)$/.exec(reference)?.[1]
  if (byIdentifier !== undefined) return `identifier ${decodeURIComponent(byIdentifier)}`
  if (reference === '' && subject?.identifier) return identifierKey(subject.identifier)
  const id = /(?:^|\/)Patient\/([^/]+)$/.exec(reference)?.[1]
  return id === undefined ? `${scope} ${reference}` : `${scope} Patient/${id}`
}

function identifierKey({ system, value }: Identifier): string {
  return `identifier ${system ?? ''}|${value ?? ''}`
}

function patientKeys(patient: Patient, { fullUrl, scope }: Found): Set<string> {
  const own = patient.id === undefined ? [] : [`${scope} Patient/${patient.id}`, `${scope} urn:uuid:${patient.id}`]
  const byUrl = fullUrl === undefined ? [] : [`${scope} ${fullUrl}`]
  return new Set([...own, ...byUrl, ...patient.identifier.filter(isWhole).map(identifierKey)])
}

export interface FhirReading {
  file: string
  illnesses: Illnesses
  today: string
  timeZone: string
  onBytes: (bytes: number) => void
}

/** Second pass: each Patient with its Conditions and EpisodesOfCare is one person. */
export async function* fhirPeople(reading: FhirReading): AsyncGenerator<Read> {
  for await (const found of fhirResources(reading.file, reading.onBytes)) {
    const place = { file: reading.file, line: found.line }
    if (found.resource === null) yield { kind: 'rejected', place, reason: 'the line is not JSON' }
    const patient = patientShape.safeParse(found.resource)
    if (patient.success) yield readPatient(patient.data, found, reading)
  }
}

function readPatient(patient: Patient, found: Found, { file, illnesses, today, timeZone }: FhirReading): Read {
  const place = { file, line: found.line }
  const keys = [...patientKeys(patient, found)]
  const own = keys.flatMap((key) => illnesses.conditions.get(key) ?? [])
  const told = keys.flatMap((key) => illnesses.episodes.get(key) ?? [])
  const { fields, warnings } = fitFields(patientValues(patient), today)
  if (!fields.givenName && !fields.middleName && !fields.familyName) return { kind: 'rejected', place, reason: 'it has no name' }
  const read = own.map((condition) => readCondition(condition, diseaseOf(condition) as ImportedEnrollment['category'], today, timeZone))
  const cared = told.map((episode) => readEpisode(episode, today, timeZone))
  // Who has no episodes keeps the hash they had before those were read.
  const contentHash = hash([JSON.stringify(fields), JSON.stringify(own), ...(told.length === 0 ? [] : [JSON.stringify(told)])])
  const identity = identityOf(patient) ?? { source: 'fhir:content', externalId: contentHash, clientNumber: null }
  const enrollments = episodes(read.flatMap((one) => (one && 'enrollment' in one ? one.enrollment : [])))
  return {
    kind: 'person',
    place,
    ...identity,
    fields,
    enrollments,
    episodes: cared.flatMap((one) => (one && 'episode' in one ? one.episode : [])),
    contentHash,
    warnings: [...warnings, ...warningsOf([...read, ...cared])],
  }
}

function warningsOf(read: readonly (ReadCondition | ReadEpisode)[]): string[] {
  return read.flatMap((one) => (one && 'warning' in one ? one.warning : []))
}
