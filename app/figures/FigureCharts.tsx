import { useTranslation } from 'react-i18next'
import { formatMonth, formatNumber } from '#app/language/dates.ts'
import { Card } from '#app/ui/Card.tsx'
import { BarChart } from '#app/ui/charts/BarChart.tsx'
import { SEXES } from '#domain/clients/client.ts'
import type { Report } from '#domain/statistics/measures.ts'

/** What moved in each month. */
export function MonthChart({ months }: Pick<Report, 'months'>) {
  const { t, i18n } = useTranslation()
  const names = ['begun', 'completed', 'droppedOut'] as const
  const isEmpty = months.every((month) => names.every((name) => month[name] === 0))
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('reports.byMonth')}</h2>
      {isEmpty ? (
        <p className="text-ink-soft">{t('reports.nothing')}</p>
      ) : (
        <BarChart
          title={t('reports.byMonth')}
          axis={t('reports.month')}
          tableTitle={t('reports.figures')}
          series={names.map((key) => ({ key, name: t(`reports.${key}`) }))}
          bars={months.map((month) => ({
            label: formatMonth(month.month, i18n.language, 'short'),
            name: formatMonth(month.month, i18n.language, 'long'),
            values: names.map((name) => month[name]),
          }))}
          format={(value) => formatNumber(value, i18n.language)}
        />
      )}
    </Card>
  )
}

/** Who they are: women, men, and everybody of whom neither is known. */
export function AgeChart({ ages, of }: Pick<Report, 'ages'> & { of: string }) {
  const { t, i18n } = useTranslation()
  const [female, male] = [SEXES.indexOf('female'), SEXES.indexOf('male')]
  const series = [
    { key: 'female', name: t('clients.sex.female') },
    { key: 'male', name: t('clients.sex.male') },
    { key: 'others', name: `${t('clients.sex.other')}, ${t('clients.sex.unknown')}` },
  ]
  const bars = ages.map(({ band, bySex }) => {
    const sum = bySex.reduce((total, count) => total + count, 0)
    const [women, men] = [bySex[female] ?? 0, bySex[male] ?? 0]
    const name = t(`home.filters.ages.${band}`)
    return { label: band === 'unknown' ? '?' : t(`home.filters.shortAges.${band}`), name, values: [women, men, sum - women - men] }
  })
  return (
    <Card className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('reports.byAge')}</h2>
      <p className="text-sm text-ink-soft">
        {of} · {t('reports.ageHint')}
      </p>
      <BarChart
        title={t('reports.byAge')}
        axis={t('reports.age')}
        tableTitle={t('reports.figures')}
        series={series}
        bars={bars}
        format={(value) => formatNumber(value, i18n.language)}
      />
    </Card>
  )
}
