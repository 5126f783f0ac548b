import { z } from 'zod'

/** The parts of FHIR R4 that are read, and nothing else. Anything that has another form counts as not there. */

const text = z.string().optional().catch(undefined)
const list = <T extends z.ZodType>(item: T) => z.array(item).catch([]).default([])

const coding = z.object({ system: text, code: text, display: text })
const concept = z
  .object({ coding: list(coding), text })
  .optional()
  .catch(undefined)
const period = z.object({ start: text, end: text }).optional().catch(undefined)

const identifier = z.object({ use: text, system: text, value: text, type: concept })
const humanName = z.object({ use: text, text, family: text, given: list(z.string()) })
const contactPoint = z.object({ system: text, value: text, use: text })
const address = z.object({
  use: text,
  text,
  line: list(z.string()),
  city: text,
  district: text,
  state: text,
  postalCode: text,
  country: text,
})

export const patientShape = z.object({
  resourceType: z.literal('Patient'),
  id: text,
  identifier: list(identifier),
  name: list(humanName),
  telecom: list(contactPoint),
  gender: text,
  birthDate: text,
  _birthDate: z
    .object({ extension: list(z.object({ url: text, valueBoolean: z.boolean().optional().catch(undefined) })) })
    .optional()
    .catch(undefined),
  deceasedBoolean: z.boolean().optional().catch(undefined),
  deceasedDateTime: text,
  address: list(address),
})
export type Patient = z.infer<typeof patientShape>

export const conditionShape = z.object({
  resourceType: z.literal('Condition'),
  clinicalStatus: concept,
  verificationStatus: concept,
  code: concept,
  subject: z
    .object({ reference: text, identifier: identifier.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  onsetDateTime: text,
  onsetPeriod: period,
  recordedDate: text,
  abatementDateTime: text,
  abatementPeriod: period,
})
export type Condition = z.infer<typeof conditionShape>

export const episodeShape = z.object({
  resourceType: z.literal('EpisodeOfCare'),
  status: text,
  extension: list(z.object({ url: text, valueCode: text })),
  identifier: list(identifier),
  type: list(concept),
  patient: z
    .object({ reference: text, identifier: identifier.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  period,
})
export type EpisodeOfCare = z.infer<typeof episodeShape>
export type Concept = Condition['code']
export type Identifier = Patient['identifier'][number]

export const bundleShape = z.object({
  resourceType: z.literal('Bundle'),
  entry: list(z.object({ fullUrl: text, resource: z.unknown(), request: z.object({ method: text }).optional().catch(undefined) })),
})

/** The codes of a concept, without what they mean. */
export function codesOf(concept: Concept): string[] {
  return (concept?.coding ?? []).flatMap(({ code }) => code ?? [])
}
