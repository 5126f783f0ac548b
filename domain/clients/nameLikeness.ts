import { remembered } from '../remembered.ts'
import type { Person } from './matchKeys.ts'
import { nameWords, spokenForm } from './nameSound.ts'
import { editDistance, jaroWinkler } from './similarity.ts'

/** `near`: too far for a slip of the pen, too close to be surely another name. */
export type Likeness = 'same' | 'similar' | 'near' | 'different' | 'unknown'

export interface NameLikeness {
  given: Likeness
  middle: Likeness
  family: Likeness
  /** One record has the given name where the other has the family name. */
  swapped: boolean
}

type Names = Pick<Person, 'givenName' | 'middleName' | 'familyName'>

export function compareNames(a: Names, b: Names): NameLikeness {
  const [x, y] = [parts(a), parts(b)]
  const middle = compare(x.middle, y.middle)
  const straight = { given: compare(x.given, y.given), middle, family: familyOf(x, y), swapped: false }
  const crossed = { given: compare(x.given, y.family), middle, family: compare(x.family, y.given), swapped: true }
  const likelier = alike(crossed.given) && alike(crossed.family) && !(alike(straight.given) && alike(straight.family))
  return likelier ? crossed : straight
}

export function alike(likeness: Likeness): boolean {
  return likeness === 'same' || likeness === 'similar'
}

interface Parts {
  given: readonly string[]
  middle: readonly string[]
  family: readonly string[]
}

function parts({ givenName, middleName, familyName }: Names): Parts {
  return { given: nameWords(givenName), middle: nameWords(middleName), family: nameWords(familyName) }
}

/** Of three names people give two, so a family name may stand as the other record's second name. */
function familyOf(a: Parts, b: Parts): Likeness {
  const straight = compare(a.family, b.family)
  const asSecond = alike(compare(a.middle, b.family)) || alike(compare(a.family, b.middle))
  return asSecond && !alike(straight) ? 'near' : straight
}

/** Several words are alike when a word of one is alike to a word of the other: `Anna Maria` and `Maria`. */
function compare(a: readonly string[], b: readonly string[]): Likeness {
  if (a.length === 0 || b.length === 0) return 'unknown'
  const whole = compareWords(a.join(''), b.join(''))
  if (a.length === 1 && b.length === 1) return whole
  const words = a.flatMap((word) => b.map((other) => compareWords(word, other)))
  return words.some(alike) && !alike(whole) ? 'similar' : whole
}

function compareWords(a: string, b: string): Likeness {
  if (a === b) return 'same'
  if ((a.length === 1 || b.length === 1) && a[0] === b[0]) return 'unknown'
  return compareOther(`${a} ${b}`)
}

/** @param pair two words with a space between */
const compareOther = remembered((pair): Likeness => {
  const [a = '', b = ''] = pair.split(' ')
  const likeness = jaroWinkler(a, b)
  const [heardA, heardB] = [spokenForm(a), spokenForm(b)]
  const heard = 1 - editDistance(heardA, heardB) / Math.max(heardA.length, heardB.length, 1)
  if (likeness >= 0.88 || heard >= 0.8) return 'similar'
  return likeness >= 0.75 || heard >= 0.7 ? 'near' : 'different'
})
