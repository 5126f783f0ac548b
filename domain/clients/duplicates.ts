import { type Person, phoneDigits, plainId, swapDayAndMonth } from './matchKeys.ts'
import { alike, compareNames, type Likeness, type NameLikeness } from './nameLikeness.ts'
import { fold } from './nameSound.ts'
import { isOneEdit } from './similarity.ts'

/** Why two records may be one person. Screens turn a code into words. */
export const DUPLICATE_REASONS = [
  'same-national-id',
  'similar-national-id',
  'same-name',
  'similar-name',
  'swapped-names',
  'same-birth-date',
  'swapped-birth-date',
  'similar-birth-date',
  'same-phone',
  'same-email',
  'similar-address',
] as const
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number]

export interface Resemblance {
  /** 0 to 1; from `LIKELY` on somebody should look at the two. */
  score: number
  reasons: DuplicateReason[]
}

export const LIKELY = 0.5

/** How much one comparison speaks for (or against) one person, on the scale of `ENOUGH`. */
interface Evidence {
  weight: number
  reason?: DuplicateReason
}

/** A full name alone (7) is not enough, with the birth date (12) it is: thousands are called Mohamed Ali. */
const ENOUGH = 8.5
const GIVEN: Record<Likeness, number> = { same: 3.5, similar: 2.5, near: -2, different: -5, unknown: 0 }
const MIDDLE: Record<Likeness, number> = { same: 1.2, similar: 0.8, near: 0, different: -1, unknown: 0 }
const FAMILY: Record<Likeness, number> = { same: 3, similar: 2.2, near: -0.5, different: -2.5, unknown: 0 }

/**
 * Whether two records may be one person: weights of evidence are summed, as Fellegi and Sunter do it.
 * Pure, the same on the server and on a tablet.
 */
export function resemblance(a: Person, b: Person): Resemblance {
  const names = compareNames(a, b)
  const birth = compareBirth(a, b)
  const nationalId = compareIds(plainId(a.nationalId), plainId(b.nationalId))
  const evidence = [nationalId, nameEvidence(names), birth, compareSex(a, b)]
  // A family shares a phone, a house and often the names: these count only when nothing tells its members apart.
  const oneOfFamily = !(alike(names.given) || names.given === 'unknown') || birth.weight < 0
  if (!oneOfFamily) evidence.push(comparePhones(a, b), compareEmails(a, b), compareAddresses(a.address, b.address))
  const total = evidence.reduce((sum, { weight }) => sum + weight, 0)
  // Two people never have one national id, so that alone is a question for somebody, whatever else differs.
  const weight = nationalId.reason === 'same-national-id' ? Math.max(total, ENOUGH) : total
  return { score: round(1 / (1 + Math.exp((ENOUGH - weight) / 2))), reasons: evidence.flatMap(({ reason }) => reason ?? []) }
}

/** What tells most pairs apart before a name is read. */
export type Glance = Pick<Person, 'sex' | 'bornOn' | 'bornOnEstimated' | 'nationalId'>

const BEST_NAMES = GIVEN.same + MIDDLE.same + FAMILY.same
/** `LIKELY` is asked of a rounded score. */
const ROUNDING = 0.01

/** False only for two whose resemblance is below `LIKELY`, whatever the rest of their records says. */
export function couldBeOne(a: Glance, b: Glance): boolean {
  const birth = compareBirth(a, b).weight
  // A phone, an address and the like may still outweigh everything.
  if (birth >= 0) return true
  const nationalId = compareIds(plainId(a.nationalId), plainId(b.nationalId)).weight
  return birth + nationalId + compareSex(a, b).weight + BEST_NAMES >= ENOUGH - ROUNDING
}

/** The one name that the issue of two clients has, whoever of them is looked at. */
export function duplicateIssueId(a: string, b: string): string {
  return a < b ? `duplicate.${a}.${b}` : `duplicate.${b}.${a}`
}

function nameEvidence({ given, middle, family, swapped }: NameLikeness): Evidence {
  const weight = GIVEN[given] + MIDDLE[middle] + FAMILY[family]
  if (swapped) return { weight: weight - 0.5, reason: 'swapped-names' }
  if (given === 'same' && family === 'same') return { weight, reason: 'same-name' }
  return alike(given) || alike(family) ? { weight, reason: 'similar-name' } : { weight }
}

function compareIds(a: string | null, b: string | null): Evidence {
  if (a === null || b === null) return { weight: 0 }
  if (a === b) return { weight: 9, reason: 'same-national-id' }
  return isOneEdit(a, b) ? { weight: 4.5, reason: 'similar-national-id' } : { weight: -3 }
}

const DAYS_A_YEAR = 365.25

function compareBirth(a: Glance, b: Glance): Evidence {
  if (a.bornOn === null || b.bornOn === null) return { weight: 0 }
  if (a.bornOnEstimated || b.bornOnEstimated) {
    if (a.bornOn === b.bornOn) return { weight: 2, reason: 'same-birth-date' }
    const years = Math.abs(Date.parse(a.bornOn) - Date.parse(b.bornOn)) / 86_400_000 / DAYS_A_YEAR
    if (years <= 2) return { weight: 1, reason: 'similar-birth-date' }
    return { weight: years <= 6 ? 0 : -4 }
  }
  if (a.bornOn === b.bornOn) return { weight: 5, reason: 'same-birth-date' }
  if (swapDayAndMonth(a.bornOn) === b.bornOn) return { weight: 4, reason: 'swapped-birth-date' }
  if (isOneEdit(a.bornOn, b.bornOn)) return { weight: 2.5, reason: 'similar-birth-date' }
  return sharedParts(a.bornOn, b.bornOn) === 2 ? { weight: 0.8, reason: 'similar-birth-date' } : { weight: -4 }
}

/** How many of year, month and day are the same. */
function sharedParts(a: string, b: string): number {
  const parts = b.split('-')
  return a.split('-').filter((part, index) => part === parts[index]).length
}

function compareSex(a: Glance, b: Glance): Evidence {
  const known = [a.sex, b.sex].every((sex) => sex === 'female' || sex === 'male')
  if (!known) return { weight: 0 }
  return { weight: a.sex === b.sex ? 0.5 : -2 }
}

function comparePhones(a: Person, b: Person): Evidence {
  const digits = phoneDigits(a.phone)
  return digits !== null && digits === phoneDigits(b.phone) ? { weight: 3.5, reason: 'same-phone' } : { weight: 0 }
}

function compareEmails(a: Person, b: Person): Evidence {
  const same = a.email !== null && a.email.toLowerCase() === b.email?.toLowerCase()
  return same ? { weight: 3.5, reason: 'same-email' } : { weight: 0 }
}

/** Words that both addresses have, as a part of the shorter one's. */
function compareAddresses(a: string | null, b: string | null): Evidence {
  const [x, y] = [addressWords(a), addressWords(b)]
  const shorter = Math.min(x.size, y.size)
  if (shorter < 2) return { weight: 0 }
  const shared = [...x].filter((word) => y.has(word)).length / shorter
  if (shared >= 0.75) return { weight: 3, reason: 'similar-address' }
  return shared >= 0.5 ? { weight: 1.5, reason: 'similar-address' } : { weight: -0.5 }
}

function addressWords(address: string | null): Set<string> {
  return new Set(
    fold(address ?? '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  )
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000
}
