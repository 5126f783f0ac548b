import { createInstance, type FormatterModule, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { formatNumber } from './dates.ts'
import { en } from './en.ts'
import type { Language } from './languages.ts'
import type { Messages } from './messages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

/**
 * One for each request on the server (two people may ask in two languages at once), one for the page in the browser.
 * @param messages of `language`; English is always there, because it speaks where another language lacks a word
 */
export function startLanguage(language: Language, messages?: Messages): i18n {
  const instance = createInstance()
  instance.use(initReactI18next)
  instance.use(formatter)
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ...(messages && { [language]: { translation: messages } }) },
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
    react: { useSuspense: false },
  })
  return instance
}

export function addMessages(instance: i18n, language: Language, messages: Messages): void {
  instance.addResourceBundle(language, 'translation', messages)
}

const ISOLATE = '\u2068'
const END_ISOLATE = '\u2069'

/**
 * Every value that is put into a text comes through here. A Latin name or a number in the middle of an Arabic sentence
 * keeps its own direction, and its neighbours keep theirs.
 */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format(value: unknown, _format, language = 'en') {
    const words = typeof value === 'number' ? formatNumber(value, language) : String(value ?? '')
    return language === 'ar' && words !== '' ? ISOLATE + words + END_ISOLATE : words
  },
}
