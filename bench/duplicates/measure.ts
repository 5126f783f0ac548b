import { LIKELY, resemblance } from '#domain/clients/duplicates.ts'
import { keysToLookUnder, matchKeys } from '#domain/clients/matchKeys.ts'
import type { Registered } from './people.ts'

export interface Accuracy {
  people: number
  truePairs: number
  precision: number
  recall: number
  /** Mean time to find and compare the candidates of one newcomer, in memory. */
  millisecondsEach: number
  /** Pairs that were missed, and those that were taken for one by mistake: the first few. */
  missed: [Registered, Registered][]
  mistaken: [Registered, Registered][]
}

/** The same limit as server/sync/lookalikes.ts. */
const BLOCK = 50

/** Registers everybody one after the other and compares as the server does. */
export function measure(people: readonly Registered[]): Accuracy {
  const blocks = new Map<string, Registered[]>()
  const truePairs = pairsOf(people)
  const found = new Set<string>()
  const mistaken: [Registered, Registered][] = []
  const began = performance.now()
  for (const newcomer of people) {
    for (const other of candidates(blocks, newcomer)) {
      if (resemblance(newcomer.person, other.person).score < LIKELY) continue
      if (other.who === newcomer.who) found.add(pairKey(newcomer, other))
      else mistaken.push([newcomer, other])
    }
    for (const key of matchKeys(newcomer.person)) blocks.set(key, [...(blocks.get(key) ?? []), newcomer])
  }
  const milliseconds = performance.now() - began
  return {
    people: people.length,
    truePairs: truePairs.length,
    precision: found.size / (found.size + mistaken.length),
    recall: found.size / truePairs.length,
    millisecondsEach: milliseconds / people.length,
    missed: truePairs.filter(([a, b]) => !found.has(pairKey(a, b))),
    mistaken,
  }
}

function candidates(blocks: ReadonlyMap<string, Registered[]>, newcomer: Registered): Set<Registered> {
  const lists = keysToLookUnder(newcomer.person).map((key) => blocks.get(key) ?? [])
  return new Set(lists.filter((list) => list.length <= BLOCK).flat())
}

function pairsOf(people: readonly Registered[]): [Registered, Registered][] {
  const byPerson = new Map<number, Registered>()
  const pairs: [Registered, Registered][] = []
  for (const record of people) {
    const first = byPerson.get(record.who)
    if (first) pairs.push([first, record])
    else byPerson.set(record.who, record)
  }
  return pairs
}

function pairKey(a: Registered, b: Registered): string {
  return [a.id, b.id].sort().join()
}
