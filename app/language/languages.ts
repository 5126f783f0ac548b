export const LANGUAGES = ['en', 'fr', 'sw', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/** Readable by scripts on purpose: offline the browser alone picks the language. */
export const LANGUAGE_COOKIE = 'hims_language'

const FALLBACK: Language = 'en'
const ONE_YEAR_SECONDS = 31_536_000

export function isLanguage(name: string | undefined): name is Language {
  return (LANGUAGES as readonly (string | undefined)[]).includes(name)
}

/** The cookie's language, else the first preferred one that exists (`sw-KE` asks for `sw`), else English. */
export function pickLanguage(cookies: string, preferred: readonly string[]): Language {
  const chosen = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=([a-z]{2})(?:;|$)`).exec(cookies)?.[1]
  if (isLanguage(chosen)) return chosen
  return preferred.map((tag) => tag.trim().slice(0, 2).toLowerCase()).find(isLanguage) ?? FALLBACK
}

/** The value of `Set-Cookie` or `document.cookie` that keeps the choice. */
export function languageCookie(language: Language): string {
  return `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax`
}

/**
 * English as the world outside the United States writes its dates; Arabic with the figures of the phone and of the card,
 * which are read aloud and typed in again.
 */
const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr', sw: 'sw', ar: 'ar-u-nu-latn' }

/** What `Intl` is given for a language. */
export function localeOf(language: string): string {
  return isLanguage(language) ? LOCALES[language] : language
}
