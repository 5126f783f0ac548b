import type { Entry, Part } from '#app/live/followRecord.ts'
import type { ClientFields } from '#domain/clients/client.ts'
import { type TypedClient, typedFrom } from './typedClient.ts'

const PLAIN = [
  'givenName',
  'middleName',
  'familyName',
  'sex',
  'phone',
  'email',
  'address',
  'nationalId',
  'notes',
  'shareWithPartners',
  'facilityId',
] as const

/** The facts of the form; date of birth and "estimated" are one, in three boxes or as an age. */
export const clientParts: readonly Part<TypedClient>[] = [
  ...PLAIN.map((name) => ({ name, typed: [name], fields: [name] })),
  { name: 'birth', typed: ['birth', 'birthDay', 'birthMonth', 'birthYear', 'age'], fields: ['bornOn', 'bornOnEstimated'] },
]

export const clientPartsByName: ReadonlyMap<string, Part<TypedClient>> = new Map(clientParts.map((part) => [part.name, part]))

/** @param today 'YYYY-MM-DD', from which an estimated birth is shown as an age */
export function clientEntryOf(today: string): Entry<TypedClient> {
  return { parts: clientParts, typedFrom: (record) => typedFrom(record as ClientFields, today) }
}
