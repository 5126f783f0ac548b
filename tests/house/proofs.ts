import { existsSync, readFileSync } from 'node:fs'

/** @param proof `file | words`: a test and a part of its title, or for documentation the page and what it says */
export function isThere(proof: string): boolean {
  const [file = '', words = ''] = proof.split(' | ')
  if (words === '' || !existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  return /[.](test|spec)[.]ts$/.test(file) ? titlesIn(text).some((title) => title.includes(words)) : text.includes(words)
}

/** Titles of tests, and the names of rows that a test goes through. */
function titlesIn(text: string): string[] {
  const titles = text.matchAll(/\b(?:test|it|describe)(?:[.]\w+)?\((?:[^'"`]*\)\()?\s*(['"`])(.+?)\1,/g)
  // After a table of rows: `])('title', ...`.
  const tabled = text.matchAll(/^\s*\]\)\((['"`])(.+?)\1,/gm)
  const named = text.matchAll(/^ {2}'([^']+)': /gm)
  return [...[...titles, ...tabled].map(([, , title]) => title ?? ''), ...[...named].map(([, name]) => name ?? '')]
}
