import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '#app/language/languages.ts'
import { useLanguageChoice } from './ownLanguage.ts'

/** Each language in its own words; choosing needs no server. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const [current, choose] = useLanguageChoice()
  return (
    <fieldset className="inline-flex max-w-full flex-wrap justify-center self-center rounded-lg border border-line-strong p-1">
      <legend className="sr-only">{t('shell.language')}</legend>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          onClick={() => choose(language)}
          className="min-h-12 min-w-12 cursor-pointer rounded-md px-3 text-sm font-medium text-ink-soft hover:text-primary aria-pressed:bg-primary aria-pressed:text-on-primary forced-colors:aria-pressed:outline-2"
        >
          {t(`shell.languages.${language}`)}
        </button>
      ))}
    </fieldset>
  )
}
