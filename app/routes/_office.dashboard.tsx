import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Monitor } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LiveSign } from '#app/features/dashboard/LiveSign.tsx'
import { ProgramTable } from '#app/features/dashboard/ProgramTable.tsx'
import { QuickActions } from '#app/features/dashboard/QuickActions.tsx'
import { Tiles } from '#app/features/dashboard/Tiles.tsx'
import { useKeptFigures } from '#app/features/dashboard/useKeptFigures.ts'
import { useLiveOverview } from '#app/features/dashboard/useLiveOverview.ts'
import { useWall } from '#app/features/dashboard/useWall.ts'
import { WallClock } from '#app/features/dashboard/WallClock.tsx'
import { permitted } from '#app/features/gate/permitted.ts'
import { Button } from '#app/ui/Button.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { may } from '#domain/access/access.ts'
import { forViewers } from '#domain/statistics/overview.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { roles } = permitted(args, 'dashboard.view')
  const { services, config } = args.context
  // What tablets send goes first.
  if (services.load.isOver()) throw data(null, { status: 503, headers: { 'Retry-After': '10' } })
  return { first: await services.statistics.overviewFor(roles), mayWork: may(roles, 'field.use'), timeZone: config.timeZone }
}

export default function Dashboard() {
  const { t } = useTranslation()
  const { first, mayWork, timeZone } = useLoaderData<typeof loader>()
  const { overview, liveness, paused, togglePause } = useLiveOverview(first)
  const wall = useWall()
  useKeptFigures(overview)
  // Whoever passes may not be one of those who see exact figures.
  const shown = wall.isOn ? forViewers(overview) : overview
  return (
    <>
      <PageHeader
        title={t('dashboard.title')}
        actions={<LiveSign liveness={liveness} paused={paused} asOf={overview.asOf} timeZone={timeZone} onToggle={togglePause} />}
      />
      {mayWork && <QuickActions />}
      {wall.isPossible && (
        <Button kind="secondary" className="self-start" onPress={wall.toggle}>
          <Monitor aria-hidden="true" className="size-5" />
          {t('dashboard.wall.open')}
        </Button>
      )}
      <div ref={wall.ref} className={wall.isOn ? 'flex flex-col gap-8 overflow-y-auto bg-paper p-8' : 'contents'}>
        {wall.isOn && (
          <div className="flex flex-wrap items-center justify-between gap-4">
            <WallClock timeZone={timeZone} />
            <LiveSign liveness={liveness} paused={paused} asOf={overview.asOf} timeZone={timeZone} onToggle={togglePause} />
            <Button kind="quiet" onPress={wall.toggle}>
              {t('dashboard.wall.close')}
            </Button>
          </div>
        )}
        <Tiles overview={shown} />
        <section className="flex flex-col gap-3">
          <h2 className="text-xl font-bold">{t('dashboard.byProgram')}</h2>
          <ProgramTable rows={shown.enrollments} />
        </section>
      </div>
    </>
  )
}
