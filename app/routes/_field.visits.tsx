import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DueVisits } from '#app/features/enrollments/DueVisits.tsx'
import { useRecords, useSyncState } from '#app/session/useTablet.ts'
import { ArrowKeys } from '#app/ui/ArrowKeys.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Select } from '#app/ui/Select.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Visits() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const programs = useRecords('programs')
  const [programId, setProgramId] = useState('')
  const choices = programs.map(({ record: { id, name } }) => ({ value: id, label: name })).sort((a, b) => a.label.localeCompare(b.label))
  return (
    <>
      <PageHeader title={t('visits.title')}>{t('visits.lead')}</PageHeader>
      <ArrowKeys className="flex flex-col gap-6">
        <Select
          label={t('enrollments.program')}
          empty={t('visits.allPrograms')}
          choices={choices}
          value={programId}
          onChange={setProgramId}
          className="max-w-96"
        />
        {loaded ? <DueVisits programId={programId} /> : <Skeleton label={t('fields.loading')} lines={6} />}
      </ArrowKeys>
    </>
  )
}
