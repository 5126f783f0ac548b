import type { i18n } from 'i18next'
import { startLanguage } from './i18n.ts'
import { LANGUAGES, type Language } from './languages.ts'
import { loadLanguage } from './loadLanguage.ts'

const messages = new Map(await Promise.all(LANGUAGES.map(async (language) => [language, await loadLanguage(language)] as const)))

/** For the server and the tests, which have every language at hand. */
export function startAnyLanguage(language: Language): i18n {
  return startLanguage(language, messages.get(language))
}
