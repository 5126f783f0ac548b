import type { LoaderFunctionArgs } from '@remix-run/node'
import { permitted } from '#app/features/gate/permitted.ts'
import { reportCsv } from '#app/features/reports/reportCsv.ts'
import { readReportFilter } from '#app/features/reports/reportFilter.ts'
import { en } from '#app/language/en.ts'
import { dayOf } from '#domain/calendar.ts'

const WORDS: Record<string, string> = { ...en.clients.sex, ...en.reports }

/** The figures of a report as a table. Counts only, never a person. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  permitted(args, 'reports.view')
  const { services, config } = args.context
  const filter = readReportFilter(new URL(args.request.url).searchParams, dayOf(Date.now(), config.timeZone))
  const csv = reportCsv(await services.statistics.report(filter), { of: (id) => WORDS[id] ?? id })
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="hims-report.csv"',
      'Cache-Control': 'no-store',
    },
  })
}
