import type { Language } from './languages.ts'
import type { Messages } from './messages.ts'

/** A file for each language, so that nobody waits for the words of the others. The offline worker keeps all of them. */
const FILES: Record<Exclude<Language, 'en'>, () => Promise<Messages>> = {
  fr: async () => (await import('./fr.ts')).fr,
  sw: async () => (await import('./sw.ts')).sw,
  ar: async () => (await import('./ar.ts')).ar,
}

/** Nothing for English, which is always there. */
export async function loadLanguage(language: Language): Promise<Messages | undefined> {
  return language === 'en' ? undefined : FILES[language]()
}
