import { ClipboardList } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { EnrollmentItem } from './EnrollmentItem.tsx'
import { mayEnrolAgain } from './programChoices.ts'
import type { ClientEnrollments } from './useEnrollments.ts'

export interface EnrollmentListProps extends ClientEnrollments {
  programName: (id: string) => string
  readOnly: boolean
  onEnd: (id: string) => void
  onVisit: (id: string) => void
  onEnrolAgain: (programId: string) => void
  enrol: ReactNode
}

export function EnrollmentList({ enrollments, choices, programName, readOnly, onEnd, onVisit, onEnrolAgain, enrol }: EnrollmentListProps) {
  const { t } = useTranslation()
  if (enrollments.length === 0) {
    return (
      <EmptyState title={t('enrollments.none')} Icon={ClipboardList} action={enrol}>
        {readOnly ? null : t('enrollments.noneHint')}
      </EmptyState>
    )
  }
  return (
    <ul aria-label={t('enrollments.title')} className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
      {enrollments.map((enrollment) => (
        <EnrollmentItem
          key={enrollment.record.id}
          enrollment={enrollment}
          programName={programName(enrollment.record.programId)}
          onEnd={readOnly ? undefined : () => onEnd(enrollment.record.id)}
          onVisit={readOnly || enrollment.record.status !== 'active' ? undefined : () => onVisit(enrollment.record.id)}
          onEnrolAgain={
            !readOnly && mayEnrolAgain(enrollment.record, choices) ? () => onEnrolAgain(enrollment.record.programId) : undefined
          }
        />
      ))}
    </ul>
  )
}
