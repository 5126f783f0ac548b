import { useTranslation } from 'react-i18next'
import type { Report } from '#domain/statistics/measures.ts'
import { useMeasureWords } from './useMeasureWords.ts'

const MEASURES = ['active', 'ever', 'completed', 'droppedOut', 'transferred', 'died'] as const
const VISITS = ['overdue', 'today', 'thisWeek'] as const

export function ReportTiles({ clients, total, visits, issues }: Report) {
  const { t } = useTranslation()
  const { figure, nameOf, textOf } = useMeasureWords()
  const tiles: [string, string][] = [
    [t('reports.clients'), figure(clients)],
    ...MEASURES.map((id): [string, string] => [nameOf(id), textOf(id, total[id])]),
    ...VISITS.map((name): [string, string] => [t(`reports.${name}`), figure(visits[name])]),
    [t('reports.conflicts'), figure(issues.conflicts)],
    [t('reports.possibleDuplicates'), figure(issues.possibleDuplicates)],
    ...(issues.other > 0 ? [[t('reports.otherQuestions'), figure(issues.other)] as [string, string]] : []),
  ]
  return (
    <dl className="grid grid-cols-2 gap-3 tablet:grid-cols-3 desktop:grid-cols-6">
      {tiles.map(([name, value]) => (
        <div key={name} className="flex flex-col-reverse justify-end rounded-2xl border border-line bg-surface p-4">
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="text-2xl font-bold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
