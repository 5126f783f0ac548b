import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { DayField } from '#app/ui/DayField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { TextArea } from '#app/ui/TextField.tsx'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { END_STATUSES, type EndValues, readEnd, typedEnd } from './enrollmentEntry.ts'

export interface EndFormProps {
  /** An ended one is being corrected: the form begins with what it says. */
  enrollment: EnrollmentFields
  submit: string
  cancel: ReactNode
  onEnd: (values: EndValues) => Promise<unknown>
}

/** How and when an enrollment ended. */
export function EndForm({ enrollment, submit: submitWords, cancel, onEnd }: EndFormProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [typed, setTyped] = useState(typedEnd(enrollment, today))
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const outcomes = END_STATUSES.map((value) => ({ value, label: t(`enrollments.status.${value}`) }))
  const change = (values: Partial<typeof typed>) => setTyped({ ...typed, ...values })
  const submit = () => {
    const read = readEnd(typed, enrollment.enrolledOn, today)
    setMistakes('mistakes' in read ? read.mistakes : undefined)
    if ('values' in read) void onEnd(read.values)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <ErrorSummary {...summary} />
      <RadioGroup
        id="outcome"
        label={t('enrollments.outcome')}
        choices={outcomes}
        value={typed.status}
        onChange={(status) => change({ status })}
        error={of('outcome')}
      />
      {typed.status !== 'entered-in-error' && (
        <DayField
          id="endedOn"
          label={t('enrollments.endedOn')}
          value={typed.endedOn}
          onChange={(endedOn) => change({ endedOn })}
          error={of('endedOn')}
        />
      )}
      <TextArea
        id="reason"
        rows={2}
        label={`${t('enrollments.reason')} (${t('fields.optional')})`}
        hint={t('enrollments.reasonHint')}
        value={typed.reason}
        onChange={(reason) => change({ reason })}
        error={of('reason')}
      />
      <div className="flex flex-wrap justify-end gap-3">
        {cancel}
        <Button type="submit">{submitWords}</Button>
      </div>
    </form>
  )
}
