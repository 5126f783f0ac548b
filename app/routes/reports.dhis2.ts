import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { permitted } from '#app/features/gate/permitted.ts'
import { readReportFilter } from '#app/features/reports/reportFilter.ts'
import { refused } from '#app/session/refused.ts'
import { dayOf } from '#domain/calendar.ts'

/** The figures of the last month of a report, as DHIS2 takes them. Counts only, never a person. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  permitted(args, 'reports.view')
  const { services, config } = args.context
  const { to } = readReportFilter(new URL(args.request.url).searchParams, dayOf(Date.now(), config.timeZone))
  const values = await services.statistics.dhis2(to).catch((error) => {
    // What is wrong with the operator's file, for the operator.
    throw data(refused(error).detail ?? null, { status: 409 })
  })
  if (values === null)
    return new Response('There is no dhis2.json in DATA_DIR.\n', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  return new Response(JSON.stringify(values, null, 2), {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="hims-dhis2-${to}.json"`,
      'Cache-Control': 'no-store',
    },
  })
}
