import { phoneDigits } from '#domain/clients/matchKeys.ts'
import { holdersOf } from './column.ts'
import type { Scores, Searchable, SearchIndex } from './searchIndex.ts'
import { compact, digitsOf } from './searchWords.ts'

const SHORTEST = 3
const SCORE = 2

/** Adds those whose phone has the digits anywhere, whose national id has the text, or whose number begins with it. */
export function findByNumbers<T extends Searchable>({ phones, nationalIds, numbers }: SearchIndex<T>, typed: string, scores: Scores): void {
  const phone = phonePart(typed)
  if (phone !== null) mark(holdersOf(phones, phone), scores)
  const id = compact(typed)
  if (id.length < SHORTEST || digitsOf(typed) === '') return
  mark(holdersOf(nationalIds, id), scores)
  const number = id.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  mark(holdersOf(numbers, `\n${number}`), scores)
}

/** `0712345678`, `+255712345678` and `712345678` are one phone: the shared end of a long one, a short one without its zero. */
function phonePart(typed: string): string | null {
  if (/\p{L}/u.test(typed)) return null
  const digits = digitsOf(typed)
  const part = digits.length >= 9 ? phoneDigits(digits) : digits.replace(/^0+/, '')
  return part === null || part.length < SHORTEST ? null : part
}

function mark(positions: readonly number[], scores: Scores): void {
  for (const position of positions) scores[position] = Math.max(scores[position] ?? 0, SCORE)
}
