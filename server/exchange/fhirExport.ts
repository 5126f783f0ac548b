import type { EnrollmentStatus } from '#domain/enrollments/enrollment.ts'
import type { StoredClient, StoredEnrollment } from './exports.ts'

/** FHIR R4 of what is exported (docs/exchange.md says what has no place in it). */

/** An estimated day of birth: FHIR has no word for it, and a year alone would lose the day that ages are reckoned from. */
export const ESTIMATED = '/fhir/StructureDefinition/birth-date-estimated'
/** The number on the card: our own import knows the client by it. */
export const CLIENT_NUMBER = '/fhir/identifier/client-number'
/** Which enrollment it is, what became of it in our own words, and in which program. */
export const ENROLLMENT_ID = '/fhir/identifier/enrollment'
export const ENROLLMENT_STATUS = '/fhir/StructureDefinition/enrollment-status'
export const PROGRAM = '/fhir/program'
export const NATIONAL_ID = '/fhir/identifier/national-id'

/** A client; http://hl7.org/fhir/R4/patient.html */
export function patientResource(client: StoredClient, origin: string) {
  const { id, sex, bornOn, bornOnEstimated, phone, email, address, nationalId, facilityId, updatedAt } = client
  const given = [client.givenName, client.middleName].filter((part) => part !== null)
  const name = { use: 'official', ...(client.familyName !== null && { family: client.familyName }), ...(given.length > 0 && { given }) }
  const national = {
    use: 'official',
    type: coded('http://terminology.hl7.org/CodeSystem/v2-0203', 'NI'),
    system: `${origin}${NATIONAL_ID}`,
  }
  const telecom = [
    ...(phone === null ? [] : [{ system: 'phone', value: phone }]),
    ...(email === null ? [] : [{ system: 'email', value: email }]),
  ]
  return {
    resourceType: 'Patient',
    id,
    meta: { lastUpdated: new Date(updatedAt).toISOString() },
    identifier: [
      { use: 'usual', type: coded('http://terminology.hl7.org/CodeSystem/v2-0203', 'MR'), system: `${origin}${CLIENT_NUMBER}`, value: id },
      ...(nationalId === null ? [] : [{ ...national, value: nationalId }]),
    ],
    active: true,
    name: [name],
    ...(telecom.length > 0 && { telecom }),
    gender: sex,
    ...(bornOn !== null && { birthDate: bornOn }),
    ...(bornOn !== null && bornOnEstimated && { _birthDate: { extension: [{ url: `${origin}${ESTIMATED}`, valueBoolean: true }] } }),
    ...(address !== null && { address: [{ use: 'home', text: address }] }),
    managingOrganization: { identifier: { system: `${origin}/fhir/identifier/facility`, value: facilityId } },
  }
}

const STATUSES: Record<EnrollmentStatus, string> = {
  active: 'active',
  completed: 'finished',
  died: 'finished',
  transferred: 'cancelled',
  withdrawn: 'cancelled',
  lost: 'cancelled',
  'entered-in-error': 'entered-in-error',
}

/** An enrollment; http://hl7.org/fhir/R4/episodeofcare.html */
export function episodeResource(enrollment: StoredEnrollment, origin: string) {
  const { id, clientId, programId, programName, status, enrolledOn, endedOn, facilityId, updatedAt } = enrollment
  return {
    resourceType: 'EpisodeOfCare',
    // A dot is allowed in ids of R4; their length is not more than 64.
    id: id.slice(0, 64),
    meta: { lastUpdated: new Date(updatedAt).toISOString() },
    extension: [{ url: `${origin}${ENROLLMENT_STATUS}`, valueCode: status }],
    identifier: [{ system: `${origin}${ENROLLMENT_ID}`, value: id }],
    status: STATUSES[status],
    type: [{ coding: [{ system: `${origin}${PROGRAM}`, code: programId, ...(programName !== null && { display: programName }) }] }],
    patient: { reference: `Patient/${clientId}` },
    managingOrganization: { identifier: { system: `${origin}/fhir/identifier/facility`, value: facilityId } },
    period: { start: enrolledOn, ...(endedOn !== null && { end: endedOn }) },
  }
}

function coded(system: string, code: string) {
  return { coding: [{ system, code }] }
}
