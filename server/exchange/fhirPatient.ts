import { readClientNumber } from '#domain/clients/number.ts'
import { CLIENT_NUMBER, ESTIMATED } from './fhirExport.ts'
import { codesOf, type Identifier, type Patient } from './fhirShapes.ts'
import { splitName } from './fullName.ts'
import { type RawValues, tidy } from './values.ts'

/** What a Patient says of a client, as text for `fitFields`. */
export function patientValues(patient: Patient): RawValues {
  return {
    ...nameOf(patient),
    sex: patient.gender ?? '',
    bornOn: patient.birthDate ?? '',
    bornOnEstimated: String(
      patient._birthDate?.extension.some(({ url, valueBoolean }) => url?.endsWith(ESTIMATED) && valueBoolean) ?? false,
    ),
    phone: telecom(patient, 'phone') ?? telecom(patient, 'sms') ?? '',
    email: telecom(patient, 'email') ?? '',
    address: addressOf(patient),
    nationalId: nationalIdOf(patient.identifier)?.value ?? '',
    notes: deceased(patient),
  }
}

/** Who this is in its system: a client of ours by the number on the card, else the hospital's number before any other. */
export function identityOf(patient: Patient): { source: string; externalId: string; clientNumber: string | null } | null {
  const ours = patient.identifier.find(({ system }) => system?.endsWith(CLIENT_NUMBER))
  const clientNumber = ours?.value === undefined ? null : readClientNumber(ours.value)
  if (clientNumber !== null) return { source: 'client-number', externalId: clientNumber, clientNumber }
  const identity = foreignIdentityOf(patient)
  return identity && { ...identity, clientNumber }
}

function foreignIdentityOf(patient: Patient): { source: string; externalId: string } | null {
  const known = patient.identifier.filter(isWhole)
  const best =
    known.find((identifier) => hasType(identifier, /^MR$/)) ?? known.find((one) => one !== nationalIdOf(patient.identifier)) ?? known[0]
  if (best) return { source: `fhir:${best.system}`, externalId: best.value }
  return patient.id === undefined ? null : { source: 'fhir:id', externalId: patient.id }
}

export function isWhole(identifier: Identifier): identifier is Identifier & { system: string; value: string } {
  return Boolean(identifier.system && identifier.value)
}

const PREFERRED = ['official', 'usual', undefined, 'temp', 'anonymous', 'nickname', 'old', 'maiden']

/** The official name before others; a maiden or former one only when there is nothing else. */
function nameOf({ name }: Patient): RawValues {
  const rank = (use: string | undefined) => (PREFERRED.includes(use) ? PREFERRED.indexOf(use) : PREFERRED.length)
  const best = [...name]
    .filter(({ family, given, text }) => family || given.length > 0 || text)
    .sort((a, b) => rank(a.use) - rank(b.use))[0]
  if (best === undefined) return {}
  if (!best.family && best.given.length === 0) return splitName(best.text ?? '')
  const [givenName = '', ...middle] = best.given
  return { givenName, middleName: middle.join(' '), familyName: best.family ?? '' }
}

function telecom({ telecom: points }: Patient, system: string): string | undefined {
  const known = points.filter((point) => point.system === system && point.value && point.use !== 'old')
  return (known.find(({ use }) => use === 'mobile') ?? known[0])?.value
}

function addressOf({ address }: Patient): string {
  const best = address.find(({ use }) => use === 'home') ?? address.find(({ use }) => use !== 'old' && use !== 'billing')
  if (best === undefined) return ''
  const parts = [...best.line, best.city, best.district, best.state, best.postalCode, best.country]
  return best.text ?? parts.flatMap((part) => (part ? tidy(part) : [])).join(', ')
}

/** A number of a person in a nation: by its type, else by the name of its system. Passports and licences are others. */
function nationalIdOf(identifiers: readonly Identifier[]): Identifier | undefined {
  const known = identifiers.filter(({ value }) => value)
  return (
    known.find((one) => hasType(one, /^(NI|NN[A-Z]*)$/)) ??
    known.find((one) => hasType(one, /^SS$/)) ??
    known.find(({ system }) => /national|us-ssn|huduma|nida/i.test(system ?? ''))
  )
}

function hasType({ type }: Identifier, code: RegExp): boolean {
  return codesOf(type).some((one) => code.test(one))
}

function deceased({ deceasedBoolean, deceasedDateTime }: Patient): string {
  if (deceasedDateTime) return `Deceased ${deceasedDateTime.slice(0, 10)} (from the imported record)`
  return deceasedBoolean ? 'Deceased (from the imported record)' : ''
}
