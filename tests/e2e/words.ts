import { startAnyLanguage } from '#app/language/allLanguages.ts'

/** The words on the screens, by which the tests find things as a person does. */
export const t = startAnyLanguage('en').t
export const swahili = startAnyLanguage('sw').t
export const arabic = startAnyLanguage('ar').t
export const french = startAnyLanguage('fr').t
