import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import { ProgramRow } from './ProgramRow.tsx'

export interface ProgramListProps {
  programs: readonly LocalRecord<'programs'>[]
  /** Enrolled now, on this device. */
  enrolledIn: (programId: string) => number
}

export function ProgramList({ programs, enrolledIn }: ProgramListProps) {
  const { t } = useTranslation()
  return (
    <ul aria-label={t('programs.title')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
      {programs.map((program) => (
        <ProgramRow key={program.record.id} program={program} enrolled={enrolledIn(program.record.id)} />
      ))}
    </ul>
  )
}
