import { useTranslation } from 'react-i18next'
import type { Report } from '#domain/statistics/measures.ts'
import { FigureTiles } from './FigureTiles.tsx'
import { useMeasureWords } from './useMeasureWords.ts'

const MEASURES = ['active', 'ever', 'completed', 'droppedOut', 'transferred', 'died'] as const
const VISITS = ['overdue', 'today', 'thisWeek'] as const

export function ReportTiles({ clients, total, visits }: Report) {
  const { t } = useTranslation()
  const { figure, nameOf, textOf } = useMeasureWords()
  const tiles: [string, string][] = [
    [t('reports.clients'), figure(clients)],
    ...MEASURES.map((id): [string, string] => [nameOf(id), textOf(id, total[id])]),
    ...VISITS.map((name): [string, string] => [t(`reports.${name}`), figure(visits[name])]),
  ]
  return <FigureTiles tiles={tiles} />
}
