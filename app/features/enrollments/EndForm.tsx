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
import { TextArea } from '#app/ui/TextField.tsx'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { END_STATUSES, type EndValues, readEnd, type TypedEnd, typedEnd } from './enrollmentEntry.ts'

interface FormProps {
  submit: string
  cancel: ReactNode
  onEnd: (values: EndValues) => Promise<unknown>
}

export interface EndFormProps extends FormProps {
  /** An ended one is being corrected: the form begins with what it says. */
  enrollment: EnrollmentFields
}

/** A form of its own: nobody else changes what is under it. */
export function EndForm({ enrollment, ...props }: EndFormProps) {
  const today = useToday()
  const [typed, setTyped] = useState(typedEnd(enrollment, today))
  const change = (values: Partial<TypedEnd>) => setTyped({ ...typed, ...values })
  return <OpenEndForm {...props} enrolledOn={enrollment.enrolledOn} typed={typed} onChange={change} />
}

export interface OpenEndFormProps extends FormProps {
  /** 'YYYY-MM-DD'. No end lies before it. */
  enrolledOn: string
  typed: TypedEnd
  onChange: (values: Partial<TypedEnd>) => void
}

/** How and when an enrollment ended. */
export function OpenEndForm({ enrolledOn, typed, onChange, submit: submitWords, cancel, onEnd }: OpenEndFormProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const outcomes = END_STATUSES.map((value) => ({ value, label: t(`enrollments.status.${value}`) }))
  const submit = () => {
    const read = readEnd(typed, enrolledOn, today)
    setMistakes('mistakes' in read ? read.mistakes : undefined)
    if ('values' in read) void onEnd(read.values)
  }
  return (
    <FieldForm onSubmit={submit}>
      <ErrorSummary {...summary} />
      <LiveField part="status">
        <RadioGroup
          id="outcome"
          label={t('enrollments.outcome')}
          choices={outcomes}
          value={typed.status}
          onChange={(status) => onChange({ status })}
          error={of('outcome')}
        />
      </LiveField>
      {typed.status !== 'entered-in-error' && (
        <LiveField part="endedOn">
          <DayField
            id="endedOn"
            label={t('enrollments.endedOn')}
            value={typed.endedOn}
            onChange={(endedOn) => onChange({ endedOn })}
            error={of('endedOn')}
          />
        </LiveField>
      )}
      <LiveField part="reason">
        <TextArea
          id="reason"
          rows={2}
          label={`${t('enrollments.reason')} (${t('fields.optional')})`}
          hint={t('enrollments.reasonHint')}
          value={typed.reason}
          onChange={(reason) => onChange({ reason })}
          error={of('reason')}
        />
      </LiveField>
      <div className="flex flex-wrap justify-end gap-3">
        {cancel}
        <Button type="submit">{submitWords}</Button>
      </div>
    </FieldForm>
  )
}
