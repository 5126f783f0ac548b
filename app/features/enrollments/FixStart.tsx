import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { DayField } from '#app/ui/DayField.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { FieldForm } from '#app/ui/FieldForm.tsx'
import { readStart } from './enrollmentEntry.ts'

export interface FixStartProps {
  /** 'YYYY-MM-DD', as it was refused. */
  enrolledOn: string
  /** The client's, where it is known for certain. */
  bornOn: string | null
  send: (enrolledOn: string) => Promise<unknown>
  cancel: ReactNode
}

/** An enrollment that was refused: client and program are its id and stay, the day can be corrected. */
export function FixStart({ enrolledOn, bornOn, send, cancel }: FixStartProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [day, setDay] = useState(enrolledOn)
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const submit = () => {
    const word = readStart(day, today, bornOn)
    setMistakes(word === null ? undefined : { enrolledOn: word })
    if (word === null) void send(day)
  }
  return (
    <FieldForm onSubmit={submit}>
      <ErrorSummary {...summary} />
      <DayField id="enrolledOn" label={t('enrollments.enrolledOn')} value={day} onChange={setDay} error={of('enrolledOn')} />
      <div className="flex flex-wrap justify-end gap-3">
        {cancel}
        <Button type="submit">{t('review.fix')}</Button>
      </div>
    </FieldForm>
  )
}
