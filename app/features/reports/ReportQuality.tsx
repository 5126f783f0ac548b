import { useTranslation } from 'react-i18next'
import type { Report } from '#domain/statistics/measures.ts'
import { FigureTiles } from './FigureTiles.tsx'
import { useMeasureWords } from './useMeasureWords.ts'

/** What is missing and what waits for an answer: where the other figures may be wrong, and who has something to do. */
export function ReportQuality({ issues, quality }: Pick<Report, 'issues' | 'quality'>) {
  const { t } = useTranslation()
  const { figure } = useMeasureWords()
  const shareOf = (count: number) => (quality.people === 0 ? undefined : `${figure(Math.round((100 * count) / quality.people))} %`)
  return (
    <section aria-labelledby="quality" className="flex flex-col gap-3">
      <h2 id="quality" className="text-xl font-bold">
        {t('reports.quality')}
      </h2>
      <FigureTiles
        tiles={[
          [t('reports.sexUnknown'), figure(quality.sexUnknown), shareOf(quality.sexUnknown)],
          [t('reports.birthUnknown'), figure(quality.birthUnknown), shareOf(quality.birthUnknown)],
          [t('reports.possibleDuplicates'), figure(issues.possibleDuplicates)],
          [t('reports.conflicts'), figure(issues.conflicts)],
          [t('reports.otherQuestions'), figure(issues.other)],
        ]}
      />
    </section>
  )
}
