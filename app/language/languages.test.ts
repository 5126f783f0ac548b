import { expect, test } from 'vitest'
import { formatAgo, formatDay, formatInstant, formatLength, formatNumber } from './dates.ts'
import { LANGUAGES, pickLanguage } from './languages.ts'

test('the cookie chooses, then the browser, then English', () => {
  expect(pickLanguage('a=1; hims_language=ar', ['fr'])).toBe('ar')
  expect(pickLanguage('hims_language=xx', ['de', 'fr-CD', 'en'])).toBe('fr')
  expect(pickLanguage('', ['de'])).toBe('en')
})

test('days, instants, lengths and numbers are said in each language, always with Latin digits', () => {
  for (const language of LANGUAGES) {
    const said = [
      formatDay('2024-03-05', language),
      formatInstant(0, language, 'UTC'),
      formatAgo(0, 12 * 60_000, language),
      formatLength(3 * 3_600_000, language),
      formatNumber(1234, language),
    ]
    for (const words of said) {
      expect(words).toMatch(/[0-9]/)
      expect(words).not.toMatch(/[٠-٩]/)
    }
  }
  expect(new Set(LANGUAGES.map((language) => formatDay('2024-03-05', language))).size).toBeGreaterThanOrEqual(3)
})
