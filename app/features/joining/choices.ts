import type { ClientFields } from '#domain/clients/client.ts'
import type { RecordOf } from '#domain/collections.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'

export type Client = RecordOf<'clients'>
export type Side = 'stays' | 'goes'

/** Fields that are one fact are chosen together. Where the client lives, and who was joined into whom, is not chosen. */
const FACTS: readonly (readonly (keyof ClientFields)[])[] = [
  ['givenName'],
  ['middleName'],
  ['familyName'],
  ['sex'],
  ['bornOn', 'bornOnEstimated'],
  ['phone'],
  ['email'],
  ['address'],
  ['nationalId'],
  ['notes'],
  ['shareWithPartners'],
]

export interface Difference {
  /** The first field of the fact, which names it. */
  field: keyof ClientFields
  stays: Scalar
  goes: Scalar
  /** What is taken when nobody says otherwise. */
  taken: Side
}

/** What the two records say differently, in the order of the form. */
export function differences(stays: Client, goes: Client): Difference[] {
  return FACTS.flatMap((fields) => {
    if (fields.every((field) => stays[field] === goes[field])) return []
    const [field] = fields
    if (field === undefined) return []
    return [{ field, stays: stays[field], goes: goes[field], taken: says(goes, field) && !says(stays, field) ? 'goes' : 'stays' }]
  })
}

/** What of the one that stays has to be written, so that it holds what was chosen. */
export function chosenValues(goes: Client, chosen: ReadonlyMap<string, Side>): Fields {
  const taken = FACTS.filter(([field]) => field !== undefined && chosen.get(field) === 'goes').flat()
  return Object.fromEntries(taken.map((field) => [field, goes[field]]))
}

/** The older record stays: more cards and papers name its number. */
export function whoStays(one: Client, other: Client): { stays: Client; goes: Client } {
  const isOlder = one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)
  return isOlder ? { stays: one, goes: other } : { stays: other, goes: one }
}

/** Unknown says nothing, and one who does not want to be shared has said so. */
function says(client: Client, field: keyof ClientFields): boolean {
  const value = client[field]
  if (field === 'sex') return value !== 'unknown'
  return field === 'shareWithPartners' ? value === false : value !== null
}
