import { getCountries } from 'libphonenumber-js/min'

export interface Country {
  /** ISO 3166-1 alpha-2 */
  value: string
  label: string
}

/**
 * All countries that have phone numbers, by their names in a language and in its order. On the server alone: a browser may know
 * other names, and what it draws first has to be what the server drew.
 */
export function countriesIn(language: string): Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return getCountries()
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, language))
}
