import type { i18n } from 'i18next'
import { ar } from './ar.ts'
import { fr } from './fr.ts'
import { startLanguage } from './i18n.ts'
import type { Language } from './languages.ts'
import type { Messages } from './messages.ts'
import { sw } from './sw.ts'

const MESSAGES: Record<Exclude<Language, 'en'>, Messages> = { fr, sw, ar }

/** For the server and the tests, which wait for no file. */
export function startAnyLanguage(language: Language): i18n {
  return startLanguage(language, language === 'en' ? undefined : MESSAGES[language])
}
