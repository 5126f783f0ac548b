import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FirstSync, SyncState } from '#app/data/tablet.ts'
import { formatLength, formatNumber } from '#app/language/dates.ts'
import { Card } from '#app/ui/Card.tsx'
import { type FirstSyncView, firstSyncView } from './firstSync.ts'

/** The first reception: what, how many of how many, how long still. It can be left; the search works with what has arrived. */
export function FirstSyncPanel({ sync }: { sync: SyncState }) {
  const view = firstSyncView(sync)
  return view === null ? null : <Panel view={view} />
}

function Panel({ view: { progress, hint, problem } }: { view: FirstSyncView }) {
  const { t } = useTranslation()
  // What had arrived before this page was opened: it goes on from there, also after the tablet was switched off.
  const [before] = useState(progress?.received ?? 0)
  return (
    <Card className="flex flex-col gap-3">
      <h2 id="first-sync" className="flex items-center gap-3 text-lg font-bold">
        <Download aria-hidden="true" className="size-6 shrink-0 text-primary" />
        {t(progress === null ? 'sync.first.waiting' : 'sync.first.title')}
      </h2>
      {progress !== null && <Progress {...progress} />}
      <p role="status">
        {problem !== null && <span className="block font-semibold text-warn">{t(`sync.problem.${problem}`)}</span>}
        {before > 0 && hint === 'meanwhile' && <span>{t('sync.first.resumed')} </span>}
        {t(`sync.first.${hint}`)}
      </p>
    </Card>
  )
}

function Progress({ received, total, msLeft, arriving }: FirstSync) {
  const { t, i18n } = useTranslation()
  const figure = (count: number) => formatNumber(count, i18n.language)
  const count =
    total === null
      ? t('sync.first.soFar', { received: figure(received) })
      : t('sync.first.count', { received: figure(Math.min(received, total)), total: figure(total) })
  const kinds = new Intl.ListFormat(i18n.language).format(arriving.map((name) => t(`sync.first.kinds.${name}`)))
  return (
    <>
      <progress
        aria-labelledby="first-sync"
        className="progress"
        {...(total === null ? {} : { value: received, max: Math.max(total, 1) })}
      />
      <p className="flex flex-wrap justify-between gap-x-6 font-semibold tabular-nums">
        <span>{count}</span>
        {msLeft !== null && <span className="text-ink-soft">{t('sync.first.left', { length: formatLength(msLeft, i18n.language) })}</span>}
      </p>
      <p className="text-ink-soft">{t('sync.first.arriving', { kinds })}</p>
    </>
  )
}
