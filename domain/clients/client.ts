import { z } from 'zod'
import { line, paragraph, plainDate } from '../scalars.ts'

/** Why a facility asks for the record of a client of another one. FHIR R4 Consent.provision.purpose, in words of a clinic. */
export const SHARE_REASONS = ['is-here', 'referred', 'moving', 'emergency', 'contact-tracing'] as const
export type ShareReason = (typeof SHARE_REASONS)[number]

export const SEXES = ['female', 'male', 'other', 'unknown'] as const

/** A person who receives care. FHIR R4 Patient. */
export const clientFields = z.strictObject({
  givenName: line(100).nullable(),
  middleName: line(100).nullable(),
  familyName: line(100).nullable(),
  sex: z.enum(SEXES),
  bornOn: plainDate.nullable(),
  /** True when `bornOn` was worked out from an age or an incomplete date: shown as "about 34". */
  bornOnEstimated: z.boolean(),
  phone: line(40).nullable(),
  email: line(254)
    .regex(/^[^\s@]+@[^\s@]+$/)
    .nullable(),
  address: paragraph(500).nullable(),
  nationalId: line(60).nullable(),
  notes: paragraph(10_000).nullable(),
  /** False: the client has said that no partner system may read of them; the partner API answers as if there were none. */
  shareWithPartners: z.boolean(),
  /** Home facility; the client's enrollments follow it. */
  facilityId: line(40),
  /** Set when this client was joined into another. Only the server writes it. */
  mergedInto: line(40).nullable(),
  /** Facilities beside the home whose doctors have this client too (domain/facilities/place.ts). Only the server writes it. */
  sharedWith: line(200).nullable(),
  /** Why it was shared last. Only the server writes it. */
  sharedFor: z.enum(SHARE_REASONS).nullable(),
})

export type ClientFields = z.infer<typeof clientFields>

/** At least one name part is required, and no birth date means nothing estimated. */
export const clientRules = clientFields
  .refine(hasName, { path: ['givenName'], message: 'name-missing' })
  .refine((client) => client.bornOn !== null || !client.bornOnEstimated, {
    path: ['bornOn'],
    message: 'estimate-without-date',
  })

type Names = Pick<ClientFields, 'givenName' | 'middleName' | 'familyName'>

function hasName(client: Names): boolean {
  return client.givenName !== null || client.middleName !== null || client.familyName !== null
}

/** The known name parts joined by one space. */
export function fullName(client: Names): string {
  return [client.givenName, client.middleName, client.familyName].filter((part) => part !== null).join(' ')
}
