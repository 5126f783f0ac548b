import { remembered } from '../remembered.ts'
import type { ClientFields } from './client.ts'
import { nameWords, soundKey } from './nameSound.ts'

/** What is known of who somebody is. */
export type Person = Pick<
  ClientFields,
  'givenName' | 'middleName' | 'familyName' | 'sex' | 'bornOn' | 'bornOnEstimated' | 'phone' | 'email' | 'address' | 'nationalId'
>

/** A change of one of these can make somebody look like somebody else. */
export const IDENTITY_FIELDS = [
  'givenName',
  'middleName',
  'familyName',
  'sex',
  'bornOn',
  'bornOnEstimated',
  'phone',
  'email',
  'nationalId',
] as const satisfies readonly (keyof Person)[]

/**
 * Two people who are the same nearly always share one of these: an id, a phone, a birth date, two names that sound
 * alike, or one such name and the year. Kept for each client, so that nobody is compared with everybody.
 */
export function matchKeys(person: Person): string[] {
  const sounds = nameSounds(person)
  const { bornOn } = person
  return [
    ...new Set([
      ...contactKeys(person),
      ...(bornOn !== null && !person.bornOnEstimated ? [`b:${bornOn}`] : []),
      ...pairs(sounds).map((pair) => `n:${pair}`),
      ...(bornOn === null ? [] : sounds.map((sound) => `y:${sound}.${bornOn.slice(0, 4)}`)),
    ]),
  ]
}

/** Where to look for people like this one: their keys, and the birth date with day and month exchanged. */
export function keysToLookUnder(person: Person): string[] {
  const swapped = person.bornOn === null ? null : swapDayAndMonth(person.bornOn)
  return [...new Set([...matchKeys(person), ...(swapped === null ? [] : [`b:${swapped}`])])]
}

/** '1990-03-04' for '1990-04-03'; null when that is no day. */
export function swapDayAndMonth(day: string): string | null {
  const [year, month = '', date = ''] = day.split('-')
  return Number(date) <= 12 ? `${year}-${date}-${month}` : null
}

/** The last nine digits, which the country's code and a leading zero leave alone; null when it is too short to mean anything. */
export function phoneDigits(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/\D/g, '')
  return digits.length < 6 ? null : digits.slice(-9)
}

/** Letters and digits only, in capitals. */
export function plainId(id: string | null): string | null {
  return id === null ? null : plainIdOf(id)
}

const plainIdOf = remembered((id): string | null => {
  const plain = id
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return plain.length < 4 || /^(.)\1*$/u.test(plain) ? null : plain
})

function contactKeys({ nationalId, phone, email }: Person): string[] {
  const known = [
    ['i', plainId(nationalId)],
    ['p', phoneDigits(phone)],
    ['e', email?.toLowerCase() ?? null],
  ] as const
  return known.flatMap(([kind, value]) => (value === null ? [] : [`${kind}:${value}`]))
}

/** The first given name, the second name and the last family name: enough to find people by. */
function nameSounds({ givenName, middleName, familyName }: Person): string[] {
  const given = nameWords(givenName)
  const words = [given[0], nameWords(middleName)[0] ?? given[1], nameWords(familyName).at(-1)]
  return [...new Set(words.flatMap((word) => (word === undefined ? [] : [soundKey(word)])))]
}

function pairs(sounds: readonly string[]): string[] {
  const sorted = [...sounds].sort()
  return sorted.flatMap((first, index) => sorted.slice(index + 1).map((second) => `${first}.${second}`))
}
