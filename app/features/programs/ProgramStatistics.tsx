import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { AgeChart, MonthChart } from '#app/figures/FigureCharts.tsx'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { ownReport } from './ownReport.ts'

const MONTHS = 12

/** What this device knows of a program, by the same measures as the reports; it works offline. */
export function ProgramStatistics({ programId }: { programId: string }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const today = useToday()
  const enrollments = useRecords('enrollments')
  const clients = useRecords('clients')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clients` changes when one of those that are looked up does
  const { months, ages } = useMemo(
    () => ownReport({ enrollments, clientOf: (id) => tablet.record('clients', id)?.record, programId, today, months: MONTHS }),
    [enrollments, clients, tablet, programId, today],
  )
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('reports.hereTitle')}</h2>
      <p className="text-ink-soft">{t('reports.hereHint')}</p>
      <div className="grid gap-6 desktop:grid-cols-2">
        <MonthChart months={months} />
        <AgeChart ages={ages} of={t('reports.ofProgram')} />
      </div>
    </section>
  )
}
