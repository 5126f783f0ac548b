import type { Person } from '#domain/clients/matchKeys.ts'
import { DEMO_PLACES, DEMO_NAMES as NAMES } from '#server/exchange/demoNames.ts'
import type { Chance } from '#server/exchange/seeded.ts'

/** A register of invented people, its families and namesakes, and clerks who write the same person down again. */

export interface Registered {
  id: string
  /** Records of one number are one person. */
  who: number
  person: Person
}

type Random = Chance['next']

/** Spellings that stand for one another on cards of different clinics. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['Mohamed', 'Muhammad', 'Mohammed', 'Mohamud'],
  ['Fatuma', 'Fatima', 'Fatma'],
  ['Hassan', 'Hasan'],
  ['Yusuf', 'Yussuf', 'Yousuf'],
  ['Khadija', 'Hadija', 'Khadijah'],
  ['Zainabu', 'Zaynab', 'Zeinab'],
  ['Omar', 'Omari'],
  ['Ali', 'Ally'],
  ['Ibrahim', 'Ebrahim'],
  ['Salim', 'Saleem'],
]

/** `families` households: one person each, or with a brother, sister or twin; a part of them written down twice. */
export function register(families: number, random: Random): Registered[] {
  const all: Registered[] = []
  let who = 0
  const add = (person: Person) => {
    who += 1
    all.push({ id: `a${who}`, who, person })
    if (random() < 0.15) all.push({ id: `b${who}`, who, person: writtenAgain(person, random) })
  }
  for (let index = 0; index < families; index += 1) {
    const person = newPerson(random)
    add(person)
    if (random() < 0.15) add(relative(person, random))
  }
  return all
}

function newPerson(random: Random): Person {
  const sex = random() < 0.55 ? 'female' : 'male'
  return {
    givenName: pick(NAMES[sex], random),
    middleName: random() < 0.5 ? pick(NAMES.male, random) : null,
    familyName: pick(NAMES.family, random),
    sex,
    bornOn: day(1945, 80, random),
    bornOnEstimated: random() < 0.2,
    phone: random() < 0.6 ? `+2547${digits(8, random)}` : null,
    email: random() < 0.1 ? `p${digits(6, random)}@example.org` : null,
    address: random() < 0.7 ? `${pick(DEMO_PLACES, random)} plot ${digits(3, random)}, ${pick(NAMES.family, random)} road` : null,
    nationalId: random() < 0.45 ? digits(8, random) : null,
  }
}

/** Same house, same phone, same family names; a twin also has the same birth date. */
function relative(person: Person, random: Random): Person {
  const twin = random() < 0.2
  const sex = random() < 0.5 ? 'female' : 'male'
  const names = NAMES[sex].filter((name) => name !== person.givenName)
  return {
    ...person,
    sex,
    givenName: pick(names, random),
    bornOn: twin ? person.bornOn : day(1945, 80, random),
    nationalId: person.nationalId === null ? null : digits(8, random),
    email: null,
  }
}

/** One or two things go wrong, and what was not at hand is left out. */
function writtenAgain(person: Person, random: Random): Person {
  const again = { ...person }
  const errors = 1 + Math.floor(random() * 2)
  for (let count = 0; count < errors; count += 1) Object.assign(again, pick(SLIPS, random)(again, random))
  if (random() < 0.4) again.nationalId = null
  if (random() < 0.3) again.phone = null
  if (random() < 0.3) again.address = null
  return again
}

/** What becomes of the fields that a slip touches. */
type Slip = (person: Person, random: Random) => Partial<Person>

const SLIPS: readonly Slip[] = [
  ({ givenName }, random) => ({ givenName: otherSpelling(givenName, random) }),
  ({ familyName }, random) => ({ familyName: otherSpelling(familyName, random) }),
  ({ givenName, familyName }) => ({ givenName: familyName, familyName: givenName }),
  () => ({ middleName: null }),
  ({ bornOn }) => (bornOn !== null && Number(bornOn.slice(8)) <= 12 ? { bornOn: swapDay(bornOn) } : {}),
  ({ bornOn }, random) =>
    bornOn === null ? {} : { bornOn: `${bornOn.slice(0, 8)}${String(1 + Math.floor(random() * 28)).padStart(2, '0')}` },
  ({ bornOn }) => (bornOn === null ? {} : { bornOn: `${bornOn.slice(0, 4)}-07-01`, bornOnEstimated: true }),
  ({ phone }, random) => (phone === null ? {} : { phone: `0${slip(phone.slice(4), random)}` }),
  ({ nationalId }, random) => (nationalId === null ? {} : { nationalId: slip(nationalId, random) }),
]

function otherSpelling(name: string | null, random: Random): string | null {
  if (name === null) return null
  const known = SPELLINGS.find((names) => names.includes(name))
  return known
    ? pick(
        known.filter((other) => other !== name),
        random,
      )
    : slip(name, random)
}

/** A letter dropped, doubled, replaced, or swapped with the next. */
function slip(text: string, random: Random): string {
  const at = 1 + Math.floor(random() * (text.length - 1))
  const [before, letter, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
  const another = /\d/.test(text) ? digits(1, random) : pick([...'aeioklmnrt'], random)
  const ways = [
    before + after,
    before + letter + letter + after,
    before + another + after,
    before + after.slice(0, 1) + letter + after.slice(1),
  ]
  return pick(ways, random)
}

function swapDay(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}`
}

function day(from: number, years: number, random: Random): string {
  return new Date(Date.UTC(from, 0, 1 + Math.floor(random() * years * 365))).toISOString().slice(0, 10)
}

function digits(count: number, random: Random): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T
}
