import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, languageCookie, pickLanguage } from '#app/language/languages.ts'

/** The boot document is the same for everybody; the person's language comes once it runs in the browser. */
export function useOwnLanguage(): void {
  const { i18n } = useTranslation()
  useEffect(() => {
    void i18n.changeLanguage(pickLanguage(document.cookie, navigator.languages))
  }, [i18n])
}

/** Works offline: the cookie is the browser's, and the server reads it with the next page. */
export function useLanguageChoice(): [Language, (language: Language) => void] {
  const { i18n } = useTranslation()
  const choose = (language: Language) => {
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = languageCookie(language) + secure
    void i18n.changeLanguage(language)
  }
  return [i18n.language as Language, choose]
}
