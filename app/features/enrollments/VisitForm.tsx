import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { LiveField } from '#app/live/LiveField.tsx'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { DayField } from '#app/ui/DayField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { FieldForm } from '#app/ui/FieldForm.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { addDays } from '#domain/calendar.ts'
import { type EnrollmentFields, VISIT_OUTCOMES } from '#domain/enrollments/enrollment.ts'
import { readVisit, type TypedVisit, type VisitValues, withOutcome } from './visitEntry.ts'

/** Clinics come back on the same day of the week. */
const WEEKS = [1, 2, 4, 12]

export interface VisitFormProps {
  /** As the form has shown it. */
  enrollment: EnrollmentFields
  typed: TypedVisit
  onChange: (values: Partial<TypedVisit>) => void
  onSave: (values: VisitValues) => Promise<unknown>
  cancel: ReactNode
}

export function VisitForm({ enrollment, typed, onChange, onSave, cancel }: VisitFormProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const choose = (value: string) => {
    const outcome = VISIT_OUTCOMES.find((name) => name === value)
    if (outcome !== undefined) onChange(withOutcome(typed, outcome, enrollment.nextVisitOn))
  }
  const submit = () => {
    const read = readVisit(typed, enrollment, today)
    setMistakes('mistakes' in read ? read.mistakes : undefined)
    if ('values' in read) void onSave(read.values)
  }
  return (
    <FieldForm onSubmit={submit}>
      <ErrorSummary {...summary} />
      {enrollment.nextVisitOn !== null && (
        <RadioGroup
          id="visitOutcome"
          label={t('visits.what')}
          hint={t('visits.whatHint')}
          choices={VISIT_OUTCOMES.map((value) => ({ value, label: t(`visits.outcomes.${value}`) }))}
          value={typed.visitOutcome}
          onChange={choose}
        />
      )}
      {typed.visitOutcome !== '' && (
        <DayField
          id="visitOn"
          label={t('visits.visitOn')}
          value={typed.visitOn}
          onChange={(visitOn) => onChange({ visitOn })}
          error={of('visitOn')}
        />
      )}
      <LiveField part="nextVisitOn">
        <DayField
          id="nextVisitOn"
          label={t('visits.nextVisitOn')}
          value={typed.nextVisitOn}
          onChange={(nextVisitOn) => onChange({ nextVisitOn })}
          error={of('nextVisitOn')}
        />
        <div className="mt-2 flex flex-wrap gap-2">
          {WEEKS.map((count) => (
            <Button key={count} kind="secondary" onPress={() => onChange({ nextVisitOn: addDays(today, 7 * count) })}>
              {t('visits.inWeeks', { count })}
            </Button>
          ))}
        </div>
      </LiveField>
      <div className="flex flex-wrap justify-end gap-3">
        {cancel}
        <Button type="submit">{t('fields.save')}</Button>
      </div>
    </FieldForm>
  )
}
