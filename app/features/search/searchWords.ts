import { fold } from '#domain/clients/nameSound.ts'

/** The words of a name or a query: small letters without accents and apostrophes; hyphens and points divide. */
export function searchWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Letters and digits only, small. */
export function compact(text: string): string {
  return searchWords(text).join('')
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}
