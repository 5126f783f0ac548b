import { useRouteError } from '@remix-run/react'
import { CloudOff, type LucideIcon, Search, ShieldX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { buttonLook } from '#app/ui/buttonLook.ts'
import { Mark } from '#app/ui/Mark.tsx'
import { type Failure, failureOf } from './failure.ts'

const ICONS: Record<Failure, LucideIcon> = {
  needsServer: CloudOff,
  notFound: Search,
  notPermitted: ShieldX,
  storage: TriangleAlert,
  unexpected: TriangleAlert,
}

/** In the shell's place for a page that failed. Real links and a real load: the router may be what failed. */
export function FailureWords() {
  const { t } = useTranslation()
  const failure = failureOf(useRouteError())
  const Icon = ICONS[failure]
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-4 py-12 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon aria-hidden="true" className="size-8" />
      </span>
      <h1 className="text-2xl font-bold">{t(`shell.failure.${failure}`)}</h1>
      <p className="max-w-prose text-ink-soft">{t(`shell.failure.${failure}Hint`)}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-3">
        <a href="/" className={buttonLook('primary')}>
          {t('shell.failure.goHome')}
        </a>
        <button type="button" onClick={() => location.reload()} className={buttonLook('secondary')}>
          {t('shell.failure.tryAgain')}
        </button>
      </div>
    </div>
  )
}

/** The same where there is no shell. */
export function FailurePage() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-paper px-6">
      <Mark className="size-12 text-primary" />
      <FailureWords />
    </main>
  )
}
