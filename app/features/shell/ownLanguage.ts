import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { addMessages } from '#app/language/i18n.ts'
import { type Language, languageCookie, pickLanguage } from '#app/language/languages.ts'
import { loadLanguage } from '#app/language/loadLanguage.ts'

export function ownLanguage(): Language {
  return pickLanguage(document.cookie, navigator.languages)
}

/** The boot document is the same for everybody; the person's language, loaded by then, comes once it runs in the browser. */
export function useOwnLanguage(): void {
  const { i18n } = useTranslation()
  useEffect(() => {
    void i18n.changeLanguage(ownLanguage())
  }, [i18n])
}

/** Works offline: the cookie is the browser's, and the server reads it with the next page. */
export function useLanguageChoice(): [Language, (language: Language) => void] {
  const { i18n } = useTranslation()
  const choose = async (language: Language) => {
    const messages = await loadLanguage(language)
    if (messages !== undefined) addMessages(i18n, language, messages)
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = languageCookie(language) + secure
    await i18n.changeLanguage(language)
  }
  return [i18n.language as Language, (language) => void choose(language)]
}
