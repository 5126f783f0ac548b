import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LiveSign } from '#app/features/dashboard/LiveSign.tsx'
import { ProgramTable } from '#app/features/dashboard/ProgramTable.tsx'
import { Tiles } from '#app/features/dashboard/Tiles.tsx'
import { useLiveOverview } from '#app/features/dashboard/useLiveOverview.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { roles } = permitted(args, 'dashboard.view')
  const { services, config } = args.context
  // What tablets send goes first.
  if (services.load.isOver()) throw data(null, { status: 503, headers: { 'Retry-After': '10' } })
  return { first: await services.statistics.overviewFor(roles), timeZone: config.timeZone }
}

export default function Dashboard() {
  const { t } = useTranslation()
  const { first, timeZone } = useLoaderData<typeof loader>()
  const { overview, liveness, paused, togglePause } = useLiveOverview(first)
  return (
    <>
      <PageHeader
        title={t('dashboard.title')}
        actions={<LiveSign liveness={liveness} paused={paused} asOf={overview.asOf} timeZone={timeZone} onToggle={togglePause} />}
      />
      <Tiles overview={overview} />
      <section className="flex flex-col gap-3">
        <h2 className="text-xl font-bold">{t('dashboard.byProgram')}</h2>
        <ProgramTable rows={overview.enrollments} />
      </section>
    </>
  )
}
