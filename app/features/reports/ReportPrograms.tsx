import { useTranslation } from 'react-i18next'
import { Table } from '#app/ui/Table.tsx'
import { MEASURES, type MeasureId, type Report } from '#domain/statistics/measures.ts'
import { useMeasureWords } from './useMeasureWords.ts'

export function ReportPrograms({ programs }: Pick<Report, 'programs'>) {
  const { t } = useTranslation()
  const { nameOf, textOf } = useMeasureWords()
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{t('reports.byProgram')}</h2>
      <Table
        caption={t('reports.byProgram')}
        rows={programs}
        rowKey={({ programId }) => programId}
        columns={[
          { key: 'program', title: t('reports.program'), cell: ({ name }) => name },
          ...MEASURES.map(({ id }) => ({
            key: id,
            title: nameOf(id as MeasureId),
            cell: ({ values }: Report['programs'][number]) => textOf(id as MeasureId, values[id as MeasureId]),
            figures: true,
          })),
        ]}
      />
      <p className="text-sm text-ink-soft">{t('reports.retentionHint')}</p>
    </section>
  )
}
