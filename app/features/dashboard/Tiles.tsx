import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { FEWEST, type Figure, type Overview } from '#domain/statistics/overview.ts'

/** The four figures, readable from across a room. Spoken politely when one of them moves. */
export function Tiles({ overview }: { overview: Overview }) {
  const { t, i18n } = useTranslation()
  const figure = (value: Figure) =>
    value === null ? t('dashboard.fewer', { figure: formatNumber(FEWEST, i18n.language) }) : formatNumber(value, i18n.language)
  const { count, isMore } = overview.enrolledNow
  const tiles = {
    clients: figure(overview.clients),
    registeredThisWeek: figure(overview.registeredThisWeek),
    enrolledNow: isMore ? t('dashboard.andMore', { figure: figure(count) }) : figure(count),
    programsActive: figure(overview.programsActive),
  }
  const names = Object.keys(tiles) as (keyof typeof tiles)[]
  return (
    <dl aria-live="polite" className="grid grid-cols-2 gap-4 desktop:grid-cols-4">
      {names.map((name) => (
        <div key={name} className="flex flex-col-reverse justify-end gap-1 rounded-2xl border border-line bg-surface p-4 tablet:p-6">
          <dt className="text-ink-soft">{t(`dashboard.${name}`)}</dt>
          <dd className="text-4xl font-bold tracking-tight tabular-nums tablet:text-5xl">{tiles[name]}</dd>
        </div>
      ))}
    </dl>
  )
}
