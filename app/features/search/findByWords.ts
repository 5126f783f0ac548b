import type { Scores, Searchable, SearchIndex } from './searchIndex.ts'
import { digitsOf, searchWords } from './searchWords.ts'
import { beginsWithinOneTypo } from './withinOneTypo.ts'

const WHOLE = 3
const BEGINNING = 2
const TYPO = 1
/** Below, one slip makes nearly any name. */
const SHORTEST_WITH_TYPO = 3

type Match = (word: string) => Scores

/** Every typed word has to begin some part of the name. Only when nobody fits, each word may have one slip. */
export function findByWords<T extends Searchable>(index: SearchIndex<T>, typed: string): Scores {
  const words = searchWords(typed)
  if (words.every((word) => digitsOf(word) === word)) return nobody(index)
  const exact = allWords(words, (word) => beginning(index, word))
  return exact.some((score) => score > 0) ? exact : allWords(words, (word) => nearly(index, word))
}

function allWords([first = '', ...others]: readonly string[], match: Match): Scores {
  return others.map(match).reduce(both, match(first))
}

function both(left: Scores, right: Scores): Scores {
  return left.map((score, position) => (score === 0 || right[position] === 0 ? 0 : score + (right[position] ?? 0)))
}

function nobody<T extends Searchable>({ clients }: SearchIndex<T>): Scores {
  return new Uint8Array(clients.length)
}

function beginning<T extends Searchable>(index: SearchIndex<T>, typed: string): Scores {
  const scores = nobody(index)
  for (let at = firstNotBelow(index.words, typed); index.words[at]?.startsWith(typed) === true; at += 1) {
    const word = index.words[at] ?? ''
    add(index, word, word === typed ? WHOLE : BEGINNING, scores)
  }
  return scores
}

function nearly<T extends Searchable>(index: SearchIndex<T>, typed: string): Scores {
  const scores = beginning(index, typed)
  if (typed.length < SHORTEST_WITH_TYPO) return scores
  for (const word of index.words) if (beginsWithinOneTypo(typed, word)) add(index, word, TYPO, scores)
  return scores
}

function add<T extends Searchable>(index: SearchIndex<T>, word: string, score: number, scores: Scores): void {
  for (const position of index.holders.get(word) ?? []) scores[position] = Math.max(scores[position] ?? 0, score)
}

/** Binary search in the sorted words. */
function firstNotBelow(words: readonly string[], typed: string): number {
  let [low, high] = [0, words.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words[middle] ?? '') < typed) low = middle + 1
    else high = middle
  }
  return low
}
