import { useTranslation } from 'react-i18next'
import { formatNumber } from '#app/language/dates.ts'
import { Card } from '#app/ui/Card.tsx'
import { ENROLLMENT_STATUSES, type EnrollmentStatus } from '#domain/enrollments/enrollment.ts'
import type { ProgramFields } from '#domain/programs/program.ts'

export interface ProgramFactsProps {
  program: ProgramFields
  counts: Partial<Record<EnrollmentStatus, number>>
}

export function ProgramFacts({ program, counts }: ProgramFactsProps) {
  const { t, i18n } = useTranslation()
  const length = program.plannedDays === null ? t('programs.noEnd') : t('programs.days', { count: program.plannedDays })
  return (
    <div className="flex flex-col gap-6">
      <Card className="flex flex-col gap-4">
        <h2 className="text-xl font-bold">{t('programs.facts')}</h2>
        {program.description !== null && <p className="break-words whitespace-pre-line">{program.description}</p>}
        <dl className="flex flex-col gap-4">
          <Fact name={t('programs.category')} value={t(`programs.categories.${program.category}`)} />
          <Fact name={t('programs.plannedDays')} value={length} />
        </dl>
      </Card>
      <Card className="flex flex-col gap-3">
        <h2 className="text-xl font-bold">{t('programs.counts')}</h2>
        <dl className="divide-y divide-line">
          {ENROLLMENT_STATUSES.map((status) => (
            <div key={status} className="flex justify-between gap-4 py-2">
              <dt>{t(`enrollments.status.${status}`)}</dt>
              <dd className="font-semibold tabular-nums">{formatNumber(counts[status] ?? 0, i18n.language)}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm text-ink-soft">{t('programs.countsHint')}</p>
      </Card>
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
