import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { type ClientFields, clientFields, SEXES } from '#domain/clients/client.ts'
import type { Person } from '#domain/clients/matchKeys.ts'
import { type Birth, readBirth } from './birthEntry.ts'
import { emptyClient, type TypedClient, typedFrom } from './typedClient.ts'

/** What the form gives; who was joined into whom is the server's. */
export type ClientValues = Omit<ClientFields, 'mergedInto' | 'sharedWith' | 'sharedFor'>
export type ClientReading = { values: ClientValues; mistakes: null } | { values: null; mistakes: Mistakes }

const WORDS: Mistakes = {
  givenName: 'client-name-long',
  middleName: 'client-name-long',
  familyName: 'client-name-long',
  phone: 'phone-long',
  email: 'client-email',
  address: 'text-long',
  nationalId: 'text-long',
  notes: 'text-long',
  facilityId: 'facility-needed',
}

/** @param seen the record that is being edited; null for a new one. A birth nobody touched stays as it was. */
export function readClient(typed: TypedClient, today: string, seen: ClientFields | null = null): ClientReading {
  const birth = untouchedBirth(typed, today, seen) ?? readBirth(typed, today)
  const values = { ...plainValues(typed), ...('field' in birth ? { bornOn: null, bornOnEstimated: false } : birth) }
  const mistakes = inOrder({ ...fieldMistakes(values), ...nameMistake(values), ...('field' in birth ? { [birth.field]: birth.word } : {}) })
  return Object.keys(mistakes).length === 0 ? { values, mistakes: null } : { values: null, mistakes }
}

/** What is known so far, mistakes left out: to look for people like this one while typing goes on. */
export function personOf(typed: TypedClient, today: string): Person {
  const { givenName, middleName, familyName, sex, phone, email, address, nationalId } = plainValues(typed)
  const birth = readBirth(typed, today)
  const { bornOn, bornOnEstimated } = 'field' in birth ? { bornOn: null, bornOnEstimated: false } : birth
  return { givenName, middleName, familyName, sex, bornOn, bornOnEstimated, phone, email, address, nationalId }
}

function plainValues(typed: TypedClient): Omit<ClientValues, keyof Birth> {
  return {
    givenName: line(typed.givenName),
    middleName: line(typed.middleName),
    familyName: line(typed.familyName),
    sex: SEXES.find((sex) => sex === typed.sex) ?? 'unknown',
    phone: line(typed.phone),
    email: line(typed.email),
    address: given(typed.address),
    nationalId: line(typed.nationalId),
    notes: given(typed.notes),
    shareWithPartners: typed.shareWithPartners === 'yes',
    facilityId: typed.facilityId,
  }
}

function fieldMistakes(values: ClientValues): Mistakes {
  const read = clientFields.safeParse({ ...values, mergedInto: null, sharedWith: null, sharedFor: null })
  return read.success ? {} : mistakesOf(read.error, WORDS)
}

function nameMistake({ givenName, middleName, familyName }: ClientValues): Mistakes {
  return givenName === null && middleName === null && familyName === null ? { givenName: 'client-name-needed' } : {}
}

/** As the fields follow each other on the page. */
function inOrder(mistakes: Mistakes): Mistakes {
  return Object.fromEntries(Object.keys(emptyClient).flatMap((field) => (mistakes[field] === undefined ? [] : [[field, mistakes[field]]])))
}

function untouchedBirth(typed: TypedClient, today: string, seen: ClientFields | null): Birth | null {
  if (seen === null) return null
  const before = typedFrom(seen, today)
  const same = (['birth', 'birthDay', 'birthMonth', 'birthYear', 'age'] as const).every((field) => typed[field] === before[field])
  return same ? { bornOn: seen.bornOn, bornOnEstimated: seen.bornOnEstimated } : null
}

/** Text that came by paste may hold line ends and double spaces. */
function line(text: string): string | null {
  return given(text.replace(/\s+/g, ' '))
}

function given(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}
