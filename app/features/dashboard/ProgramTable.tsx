import { Stethoscope } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { Table } from '#app/ui/Table.tsx'
import { FEWEST, type Figure, type Overview } from '#domain/statistics/overview.ts'

export function ProgramTable({ rows }: { rows: Overview['enrollments'] }) {
  const { t, i18n } = useTranslation()
  const figure = (value: Figure) =>
    value === null ? t('dashboard.fewer', { figure: formatNumber(FEWEST, i18n.language) }) : formatNumber(value, i18n.language)
  if (rows.length === 0) {
    return (
      <EmptyState title={t('dashboard.noPrograms')} Icon={Stethoscope}>
        {t('dashboard.noProgramsHint')}
      </EmptyState>
    )
  }
  return (
    <Table
      caption={t('dashboard.byProgram')}
      rows={rows}
      rowKey={({ programId }) => programId}
      columns={[
        { key: 'program', title: t('dashboard.program'), cell: ({ programId, name }) => <ProgramName id={programId} name={name} /> },
        { key: 'active', title: t('dashboard.active'), cell: ({ active }) => figure(active), figures: true },
        { key: 'ever', title: t('dashboard.ever'), cell: ({ ever }) => figure(ever), figures: true },
      ]}
    />
  )
}

function ProgramName({ id, name }: { id: string; name: string }) {
  return (
    <>
      {name} <bdi className="font-mono text-sm font-normal text-ink-soft">{id}</bdi>
    </>
  )
}
