import { Stethoscope } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { ArrowKeys } from '#app/ui/ArrowKeys.tsx'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { SearchField } from '#app/ui/SearchField.tsx'
import { Select } from '#app/ui/Select.tsx'
import { countEnrollments } from './countEnrollments.ts'
import { listPrograms, type StatusFilter } from './listPrograms.ts'
import { ProgramList } from './ProgramList.tsx'

const ROWS = 50
const FILTERS: readonly StatusFilter[] = ['any', 'active', 'inactive']

export function ProgramBrowser() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const programs = useRecords('programs')
  const enrollments = useRecords('enrollments')
  const counts = useMemo(() => countEnrollments(enrollments), [enrollments])
  const [typed, setTyped] = useState('')
  const [filter, setFilter] = useState<StatusFilter>('any')
  const fitting = listPrograms(
    programs.map(({ record }) => record),
    typed,
    filter,
  )
  if (programs.length === 0) {
    return (
      <EmptyState title={t('programs.empty')} Icon={Stethoscope}>
        {t('programs.emptyHint')}
      </EmptyState>
    )
  }
  return (
    <ArrowKeys className="flex flex-col gap-6">
      <div className="grid gap-4 tablet:grid-cols-[minmax(0,1fr)_14rem] tablet:items-end">
        <SearchField label={t('programs.search')} hint={t('programs.searchHint')} value={typed} onChange={setTyped} />
        <Select
          label={t('programs.filter')}
          choices={FILTERS.map((value) => ({ value, label: t(`programs.${value}`) }))}
          value={filter}
          onChange={(value) => setFilter(FILTERS.find((name) => name === value) ?? 'any')}
        />
      </div>
      {fitting.length === 0 ? (
        <EmptyState title={t('programs.nothing')} Icon={Stethoscope}>
          {t('programs.nothingHint')}
        </EmptyState>
      ) : (
        <ProgramList
          programs={fitting.slice(0, ROWS).flatMap(({ id }) => tablet.record('programs', id) ?? [])}
          enrolledIn={(id) => counts.get(id)?.active ?? 0}
        />
      )}
      {fitting.length > ROWS && <p className="text-ink-soft">{t('programs.refine', { shown: ROWS, total: fitting.length })}</p>}
    </ArrowKeys>
  )
}
