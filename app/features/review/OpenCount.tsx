import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { useQuestions } from './useQuestions.ts'

/** The number of open questions, on the menu's entry. */
export function OpenCount() {
  const { t, i18n } = useTranslation()
  const count = useQuestions().length
  if (count === 0) return null
  return (
    <span className="relative inline-flex rounded-full bg-warn-soft px-2 py-0.5 text-xs font-bold text-warn tabular-nums">
      <span aria-hidden="true">{formatNumber(count, i18n.language)}</span>
      <span className="sr-only">{t('review.count', { count })}</span>
    </span>
  )
}
