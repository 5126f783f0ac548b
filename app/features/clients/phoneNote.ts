import type { CountryCode } from 'libphonenumber-js/min'

/** What is known of a number as it was typed. Nothing is known without a country, of the number or of the facility. */
export type PhoneNote = { kind: 'read'; international: string; dial: string } | { kind: 'doubtful' } | null

/**
 * Reads a number as somebody in the country would dial it. Never changes what was typed: people have numbers that no plan
 * knows. The numbering plans are 80 KB and come only here.
 * @param country ISO 3166-1 alpha-2; null: only a number that begins with its country's code is read
 */
export async function readPhone(typed: string, country: string | null): Promise<PhoneNote> {
  const text = typed.trim()
  if (text === '' || (country === null && !text.startsWith('+'))) return null
  const { parsePhoneNumberFromString, isSupportedCountry } = await import('libphonenumber-js/min')
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined
  if (home === undefined && !text.startsWith('+')) return null
  const number = parsePhoneNumberFromString(text, home)
  if (!number?.isValid()) return { kind: 'doubtful' }
  return { kind: 'read', international: number.formatInternational(), dial: number.number }
}
