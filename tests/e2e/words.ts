import { startLanguage } from '#app/language/i18n.ts'

/** The words on the screens, by which the tests find things as a person does. */
export const t = startLanguage('en').t
export const swahili = startLanguage('sw').t
