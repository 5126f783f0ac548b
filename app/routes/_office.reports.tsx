import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { permitted } from '#app/features/gate/permitted.ts'
import { ReportFilters } from '#app/features/reports/ReportFilters.tsx'
import { ReportPrograms } from '#app/features/reports/ReportPrograms.tsx'
import { ReportQuality } from '#app/features/reports/ReportQuality.tsx'
import { ReportTiles } from '#app/features/reports/ReportTiles.tsx'
import { readReportFilter, reportQuery } from '#app/features/reports/reportFilter.ts'
import { useMovingReport } from '#app/features/reports/useMovingReport.ts'
import { AgeChart, MonthChart } from '#app/figures/FigureCharts.tsx'
import { formatInstant, formatMonth } from '#app/language/dates.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { dayOf } from '#domain/calendar.ts'

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'reports.view')
  const { services, config } = args.context
  // What tablets send goes first.
  if (services.load.isOver()) throw data(null, { status: 503, headers: { 'Retry-After': '10' } })
  const filter = readReportFilter(new URL(args.request.url).searchParams, dayOf(Date.now(), config.timeZone))
  const [report, facilities, all, hasDhis2] = await Promise.all([
    services.statistics.report(filter),
    services.records.facilities(),
    services.statistics.programs(),
    services.statistics.hasDhis2(),
  ])
  return { report, facilities: facilities.map(({ id, name }) => ({ id, name })), programs: all, hasDhis2, timeZone: config.timeZone }
}

export default function Reports() {
  const { t, i18n } = useTranslation()
  const { report, facilities, programs, hasDhis2, timeZone } = useLoaderData<typeof loader>()
  useMovingReport()
  const { filter, asOf } = report
  const nameOf = (named: readonly { id: string; name: string }[], id: string | null) => named.find((one) => one.id === id)?.name
  const about = [
    nameOf(facilities, filter.facility),
    nameOf(programs, filter.program),
    [filter.from, filter.to].map((month) => formatMonth(month, i18n.language, 'long')).join(' – '),
  ]
  return (
    <>
      <PageHeader title={t('reports.title')}>
        {t('reports.lead')} {t('reports.asOf', { time: formatInstant(asOf, i18n.language, timeZone) })}
      </PageHeader>
      <ReportFilters key={reportQuery(filter)} filter={filter} facilities={facilities} programs={programs} hasDhis2={hasDhis2} />
      <p className="font-semibold">{about.filter(Boolean).join(' · ')}</p>
      <ReportTiles {...report} />
      <ReportQuality issues={report.issues} quality={report.quality} />
      <ReportPrograms programs={report.programs} />
      <div className="grid gap-6 desktop:grid-cols-2">
        <MonthChart months={report.months} />
        <AgeChart ages={report.ages} of={t(filter.program === null ? 'reports.ofClients' : 'reports.ofProgram')} />
      </div>
    </>
  )
}
