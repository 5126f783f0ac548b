import { hash } from './csvPeople.ts'
import { diseaseOf, episodes, type Read as ReadCondition, readCondition } from './fhirCondition.ts'
import { identityOf, isWhole, patientValues } from './fhirPatient.ts'
import { type Found, fhirResources } from './fhirResources.ts'
import { type Condition, conditionShape, type Identifier, type Patient, patientShape } from './fhirShapes.ts'
import type { ImportedEnrollment, Read } from './person.ts'
import { fitFields } from './values.ts'

/** The conditions that matter, under each way their patient may be referred to. The only thing kept while files are read. */
export type Conditions = Map<string, Condition[]>

/** First pass over all files: a bulk export has patients and conditions in files of their own. */
export async function gatherConditions(files: readonly string[]): Promise<Conditions> {
  const conditions: Conditions = new Map()
  for (const file of files) {
    for await (const { resource, scope } of fhirResources(file)) {
      const condition = conditionShape.safeParse(resource)
      if (!condition.success || diseaseOf(condition.data) === null) continue
      const key = subjectKey(condition.data, scope)
      conditions.set(key, [...(conditions.get(key) ?? []), condition.data])
    }
  }
  return conditions
}

/** `urn:uuid:...`, `Patient/id`, an address that ends so, `Patient?identifier=system|value`, or an identifier alone. */
function subjectKey({ subject }: Condition, scope: string): string {
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
  conditions: Conditions
  today: string
  timeZone: string
  onBytes: (bytes: number) => void
}

/** Second pass: each Patient with its Conditions is one person. */
export async function* fhirPeople(reading: FhirReading): AsyncGenerator<Read> {
  for await (const found of fhirResources(reading.file, reading.onBytes)) {
    const place = { file: reading.file, line: found.line }
    if (found.resource === null) yield { kind: 'rejected', place, reason: 'the line is not JSON' }
    const patient = patientShape.safeParse(found.resource)
    if (patient.success) yield readPatient(patient.data, found, reading)
  }
}

function readPatient(patient: Patient, found: Found, { file, conditions, today, timeZone }: FhirReading): Read {
  const place = { file, line: found.line }
  const own = [...patientKeys(patient, found)].flatMap((key) => conditions.get(key) ?? [])
  const { fields, warnings } = fitFields(patientValues(patient), today)
  if (!fields.givenName && !fields.middleName && !fields.familyName) return { kind: 'rejected', place, reason: 'it has no name' }
  const read = own.map((condition) => readCondition(condition, diseaseOf(condition) as ImportedEnrollment['category'], today, timeZone))
  const contentHash = hash([JSON.stringify(fields), JSON.stringify(own)])
  const identity = identityOf(patient) ?? { source: 'fhir:content', externalId: contentHash, clientNumber: null }
  const enrollments = episodes(read.flatMap((one) => (one && 'enrollment' in one ? one.enrollment : [])))
  return {
    kind: 'person',
    place,
    ...identity,
    fields,
    enrollments,
    contentHash,
    warnings: [...warnings, ...warningsOf(read)],
  }
}

function warningsOf(read: readonly ReadCondition[]): string[] {
  return read.flatMap((one) => (one && 'warning' in one ? one.warning : []))
}
