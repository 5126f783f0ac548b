import { randomInt } from 'node:crypto'

/** Crockford's alphabet: no letter that looks or sounds like a figure. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 4

/** @param groups of 4 letters, 20 bits each @param pick a number below its argument */
export function newCode(groups: number, pick: (below: number) => number = randomInt): string {
  const letters = Array.from({ length: groups * GROUP }, () => ALPHABET[pick(ALPHABET.length)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** As it was made, however it was typed: small letters, spaces, O for 0, I or L for 1. */
export function readCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}
