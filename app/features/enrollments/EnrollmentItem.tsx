import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import type { Tone } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { EnrollmentDates } from './EnrollmentDates.tsx'
import { VisitWords } from './VisitWords.tsx'

export interface EnrollmentItemProps {
  enrollment: LocalRecord<'enrollments'>
  programName: string
  onEnd: (() => void) | undefined
  onVisit: (() => void) | undefined
  onEnrolAgain: (() => void) | undefined
}

export function EnrollmentItem({ enrollment: { record, state }, programName, onEnd, onVisit, onEnrolAgain }: EnrollmentItemProps) {
  const { t } = useTranslation()
  const isActive = record.status === 'active'
  const tone: Tone = isActive ? 'good' : 'calm'
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 p-4 tablet:p-5">
      <div className="min-w-0 flex-1 basis-80">
        <h3 className={`font-semibold ${record.status === 'entered-in-error' ? 'text-ink-soft line-through' : ''}`}>
          {programName} <bdi className="font-mono text-sm font-normal text-ink-soft">{record.programId}</bdi>
        </h3>
        <p className="flex flex-wrap gap-x-4">
          <StatusMark tone={tone}>{t(`enrollments.status.${record.status}`)}</StatusMark>
          <EnrollmentDates enrollment={record} />
        </p>
        <p className="flex flex-wrap gap-x-4">
          <VisitWords enrollment={record} />
        </p>
        {record.reason !== null && <p className="mt-1 whitespace-pre-line">{record.reason}</p>}
        {state === 'unsent' && <StatusMark tone="calm">{t('fields.record.unsent')}</StatusMark>}
      </div>
      <div className="flex flex-wrap gap-2">
        {onEnrolAgain !== undefined && (
          <Button kind="secondary" onPress={onEnrolAgain}>
            {t('enrollments.enrolAgain')}
          </Button>
        )}
        {onVisit !== undefined && (
          <Button kind="secondary" onPress={onVisit} aria-label={t('visits.ofProgram', { program: programName })}>
            {t(record.nextVisitOn === null ? 'visits.agree' : 'visits.record')}
          </Button>
        )}
        {onEnd !== undefined && (
          <Button
            kind={isActive ? 'secondary' : 'quiet'}
            onPress={onEnd}
            aria-label={t(isActive ? 'enrollments.endOf' : 'enrollments.correctOf', { program: programName })}
          >
            {t(isActive ? 'enrollments.end' : 'enrollments.correct')}
          </Button>
        )}
      </div>
    </li>
  )
}
