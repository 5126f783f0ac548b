import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { storedAccount } from '#app/session/account.ts'
import { lastFigures } from '#app/session/lastFigures.ts'
import type { Overview } from '#domain/statistics/overview.ts'
import { ProgramTable } from './ProgramTable.tsx'
import { Tiles } from './Tiles.tsx'

/** Where the dashboard cannot be asked for: what it said last on this device, with its age. */
export function LastFigures() {
  const { t, i18n } = useTranslation()
  const [figures, setFigures] = useState<Overview | null>(null)
  useEffect(() => setFigures(lastFigures(storedAccount()?.account.id ?? '')), [])
  if (figures === null) return null
  return (
    <section aria-labelledby="last-figures" className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h2 id="last-figures" className="text-xl font-bold">
          {t('dashboard.lastFigures', { time: formatInstant(figures.asOf, i18n.language) })}
        </h2>
        <p className="text-ink-soft">{t('dashboard.lastFiguresHint')}</p>
      </div>
      <Tiles overview={figures} />
      <ProgramTable rows={figures.enrollments} />
    </section>
  )
}
