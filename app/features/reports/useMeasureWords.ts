import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import type { MeasureId } from '#domain/statistics/measures.ts'

/** Measures and their values in words. */
export function useMeasureWords() {
  const { t, i18n } = useTranslation()
  const figure = (value: number) => formatNumber(value, i18n.language)
  return {
    figure,
    nameOf: (id: MeasureId) => t(`reports.${id}`),
    /** Percents are of people: half of one says nothing. */
    textOf: (id: MeasureId, value: number | null) => {
      if (value === null) return '–'
      if (id === 'medianDays') return t('reports.days', { count: value })
      return id.startsWith('retention') ? `${figure(Math.round(value))} %` : figure(value)
    },
  }
}
