import { expect, test } from 'vitest'
import { startAnyLanguage } from './allLanguages.ts'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { LANGUAGES, localeOf } from './languages.ts'
import { sw } from './sw.ts'

type Texts = ReadonlyMap<string, string>

/** A `_zero` of English is a text of its own ("All" instead of "All (0)"), not a form of its grammar. */
const FORM = /^(.*)_(zero|one|two|few|many|other)$/
const CATALOGUES = { en, fr, sw, ar }

function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value as object, at)
  })
}

const textsOf = (language: keyof typeof CATALOGUES): Texts => new Map(flat(CATALOGUES[language]))
const english = textsOf('en')

function stemOf(key: string): string | undefined {
  const stem = FORM.exec(key)?.[1]
  return stem !== undefined && english.has(`${stem}_other`) ? stem : undefined
}

/** What a language has to say: each key of English, and of what counts all forms of its own grammar. */
function keysFor(language: string): string[] {
  const forms = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories
  const keys = new Set<string>()
  for (const key of english.keys()) {
    const stem = stemOf(key)
    if (stem === undefined || key.endsWith('_zero')) keys.add(key)
    else for (const form of forms) keys.add(`${stem}_${form}`)
  }
  return [...keys].sort()
}

const variablesOf = (text: string | undefined) => [...new Set((text ?? '').match(/\{\{[^}]+\}\}/g) ?? [])].sort()

test.each(LANGUAGES)('check 24: %s says every key of English, in every form of its grammar, and no other', (language) => {
  expect([...textsOf(language).keys()].sort()).toEqual(keysFor(language))
})

test.each(LANGUAGES)('check 24: every text of %s has the variables of the English one', (language) => {
  const wrong = [...textsOf(language)].filter(([key, text]) => {
    const stem = stemOf(key)
    const wanted = variablesOf(english.get(key) ?? english.get(`${stem}_other`))
    const said = variablesOf(text)
    // "One change", "no change", "two changes" may leave the figure out.
    const mayBeSilent = /_(zero|one|two)$/.test(key) && stem !== undefined
    const asked = mayBeSilent && !said.includes('{{count}}') ? wanted.filter((name) => name !== '{{count}}') : wanted
    return said.join() !== asked.join()
  })
  expect(wrong).toEqual([])
})

test.each(LANGUAGES)('check 24: no text of %s is empty, has spaces at its ends or two in a row', (language) => {
  expect([...textsOf(language)].filter(([, text]) => text.trim() === '' || text.trim() !== text || text.includes('  '))).toEqual([])
})

test('Arabic counts in six forms, and French says millions', () => {
  const t = startAnyLanguage('ar').t
  const said = [0, 1, 2, 3, 11, 100].map((count) => t('home.found', { count }))
  expect(new Set(said).size).toBe(6)
  expect(startAnyLanguage('fr').t('home.found', { count: 1_000_000 })).toMatch(/^1\s000\s000 de patients/)
})

test('a figure in a text is written as the language does, in Arabic with the digits of phones and cards', () => {
  expect(startAnyLanguage('en').t('home.found', { count: 20_000 })).toMatch(/^20,000 /)
  expect(startAnyLanguage('ar').t('home.found', { count: 20_000 })).toContain('20,000')
})

test('what is put into an Arabic sentence keeps its own direction', () => {
  expect(startAnyLanguage('ar').t('clients.call', { phone: '+254 700 1' })).toContain('\u2068+254 700 1\u2069')
  expect(startAnyLanguage('en').t('clients.call', { phone: '+254 700 1' })).toBe('Call +254 700 1')
})
