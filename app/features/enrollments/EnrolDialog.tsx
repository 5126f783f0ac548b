import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { DayField } from '#app/ui/DayField.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { FieldForm } from '#app/ui/FieldForm.tsx'
import { type ClientFields, fullName } from '#domain/clients/client.ts'
import { readStart } from './enrollmentEntry.ts'
import { NoProgramOpen } from './NoProgramOpen.tsx'
import { ProgramChecks } from './ProgramChecks.tsx'
import type { ProgramChoice } from './programChoices.ts'

export interface EnrolDialogProps {
  client: ClientFields
  choices: readonly ProgramChoice[]
  /** Chosen when it opens. */
  first: readonly string[]
  onClose: () => void
  onEnrol: (chosen: readonly ProgramChoice[], enrolledOn: string) => Promise<void>
}

export function EnrolDialog({ client, choices, first, onClose, onEnrol }: EnrolDialogProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [chosen, setChosen] = useState(first)
  const [enrolledOn, setEnrolledOn] = useState(today)
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const submit = () => {
    const word = readStart(enrolledOn, today, client.bornOnEstimated ? null : client.bornOn)
    const found: Mistakes = {
      ...(chosen.length === 0 && { programs: 'program-choose' as const }),
      ...(word !== null && { enrolledOn: word }),
    }
    setMistakes(found)
    if (Object.keys(found).length === 0)
      void onEnrol(
        choices.filter(({ program }) => chosen.includes(program.id)),
        enrolledOn,
      )
  }
  return (
    <Dialog title={t('enrollments.enrolTitle', { name: fullName(client) })} open onClose={onClose}>
      {choices.length === 0 ? (
        <NoProgramOpen />
      ) : (
        <FieldForm onSubmit={submit}>
          <ErrorSummary {...summary} />
          <ProgramChecks choices={choices} chosen={chosen} onChange={setChosen} error={of('programs')} />
          <DayField
            id="enrolledOn"
            label={t('enrollments.enrolledOn')}
            value={enrolledOn}
            onChange={setEnrolledOn}
            error={of('enrolledOn')}
          />
          <div className="flex flex-wrap justify-end gap-3">
            <Button kind="quiet" onPress={onClose}>
              {t('fields.cancel')}
            </Button>
            <Button type="submit">{t('enrollments.save')}</Button>
          </div>
        </FieldForm>
      )}
    </Dialog>
  )
}
