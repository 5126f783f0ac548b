import { couldBeOne, type DuplicateReason, resemblance } from '#domain/clients/duplicates.ts'
import type { Person } from '#domain/clients/matchKeys.ts'
import type { RecordOf } from '#domain/collections.ts'

export interface Match {
  client: RecordOf<'clients'>
  score: number
  reasons: DuplicateReason[]
}

/** Below what makes a question later (`LIKELY`): who is about to register somebody decides with the person before them. */
const WORTH_A_LOOK = 0.25
const MOST = 3
/** ms of one go: between two of them the page takes what is typed. */
const SLICE_MS = 6

export interface Pace {
  /** ms, by a clock that only grows */
  now: () => number
  pause: () => Promise<void>
  isStopped: () => boolean
}

/**
 * Who on this device may be this person, the likeliest first, at most three. Everybody is compared, a slice at a time: no index
 * to keep, and nothing that typing waits for. Clients who were joined into another are found under the other.
 * @returns null when it was stopped
 */
export async function findMatches(person: Person, clients: Iterable<RecordOf<'clients'>>, pace: Pace): Promise<Match[] | null> {
  let best: Match[] = []
  let begun = pace.now()
  for (const client of clients) {
    if (pace.now() - begun > SLICE_MS) {
      await pace.pause()
      if (pace.isStopped()) return null
      begun = pace.now()
    }
    if (client.mergedInto !== null || !couldBeOne(person, client)) continue
    const { score, reasons } = resemblance(person, client)
    if (score < WORTH_A_LOOK) continue
    best = [...best, { client, score, reasons }].sort((a, b) => b.score - a.score).slice(0, MOST)
  }
  return best
}

/** A name, and a second name or something that is not a name: before that everybody looks like somebody. */
export function isEnoughToCompare(person: Person): boolean {
  const names = [person.givenName, person.middleName, person.familyName].filter((name) => name !== null).length
  const others = [person.bornOn, person.phone, person.email, person.nationalId].filter((value) => value !== null).length
  return person.nationalId !== null || names > 1 || (names === 1 && others > 0)
}
