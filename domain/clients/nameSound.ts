import { remembered } from '../remembered.ts'

/** Names as they are heard: one spelling for the many ways a name is written in Latin letters. */

/** Capitals, accents, apostrophes and hyphens do not tell people apart: `Ng'ang'a`, `José`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ`]/gu, '')
    .replace(/[ßøłæđı]/g, (letter) => PLAIN[letter] ?? letter)
}

const PLAIN: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', đ: 'd', ı: 'i' }

/** Words that are left out of a name by one clerk and written by the next. */
const PARTICLES = new Set(['al', 'el', 'bin', 'ibn', 'binti', 'bint', 'wa', 'de', 'da', 'van', 'von', 'mr', 'mrs', 'ms', 'dr'])

/** The folded words of a name, without particles unless nothing else is there. */
export function nameWords(name: string | null): readonly string[] {
  return wordsOf(name ?? '')
}

const wordsOf = remembered((name): readonly string[] => {
  const words = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !PARTICLES.has(word))
  return telling.length > 0 ? telling : words
})

/** Consonants that are confused in Swahili, Arabic and English spelling share a letter; the order matters. */
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/[ck]h|ck|q/g, 'k'],
  [/[sz]h|sch/g, 's'],
  [/([dtgb])h/g, '$1'],
  [/c(?=[eiy])|z/g, 's'],
  [/c/g, 'k'],
  [/x/g, 'ks'],
  [/v/g, 'f'],
  [/l/g, 'r'],
]

/**
 * `Muhammad` and `Mohamed` differ in one letter of it, `Hassan` and `Hussein` in two of four.
 * The vowel that Swahili adds to Arabic names (`Salimu`, `Zainabu`) goes.
 */
export const spokenForm = remembered((word) => {
  const consonants = CONSONANTS.reduce((text, [pattern, letter]) => text.replace(pattern, letter), word.replace(/^kh/, ''))
  return consonants
    .replace(/[ey]/g, 'i')
    .replace(/o/g, 'u')
    .replace(/h/g, '')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=..[^aiu])[iu]$/, '')
})

/** A short code equal for names that sound alike, to find them by: `mmd`. Other scripts keep their letters. */
export function soundKey(word: string): string {
  if (!/^[a-z]+$/.test(word)) return word
  const spoken = spokenForm(word)
  return (spoken.charAt(0).replace(/[aiu]/, 'a') + spoken.slice(1).replace(/[aiuw]/g, '')).slice(0, 5)
}
