import { readClientNumber } from '#domain/clients/number.ts'
import { findByNumbers } from './findByNumbers.ts'
import { findByWords } from './findByWords.ts'
import type { Scores, Searchable, SearchIndex } from './searchIndex.ts'

export interface Found<T> {
  /** Best first, at most `limit`. */
  clients: readonly T[]
  total: number
}

/**
 * @param typed anything a person may know: name parts in any order, phone, national id, client number; nothing finds everybody
 * @param fits who is looked for; a whole client number finds its client in any case
 */
export function searchClients<T extends Searchable>(
  index: SearchIndex<T>,
  typed: string,
  limit: number,
  fits: (client: T) => boolean = () => true,
): Found<T> {
  const number = readClientNumber(typed)
  const exact = number === null ? undefined : index.clients.find(({ id }) => id === number)
  if (exact !== undefined) return { clients: [exact], total: 1 }
  return best(index, scoresOf(index, typed.trim()), limit, fits)
}

function scoresOf<T extends Searchable>(index: SearchIndex<T>, typed: string): Scores {
  if (typed === '') return new Uint8Array(index.clients.length).fill(1)
  const scores = findByWords(index, typed)
  findByNumbers(index, typed, scores)
  return scores
}

/** Positions are in the order of names, so equal scores come out by name. */
function best<T extends Searchable>({ clients }: SearchIndex<T>, scores: Scores, limit: number, fits: (client: T) => boolean): Found<T> {
  const levels: number[][] = []
  let total = 0
  scores.forEach((score, position) => {
    const client = clients[position]
    if (score === 0 || client === undefined || !fits(client)) return
    total += 1
    const level = levels[score] ?? []
    if (level.length < limit) level.push(position)
    levels[score] = level
  })
  const positions = levels.reverse().flat().slice(0, limit)
  return { clients: positions.flatMap((position) => clients[position] ?? []), total }
}
