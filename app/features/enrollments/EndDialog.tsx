import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveForm } from '#app/live/LiveForm.tsx'
import type { PresenceHere } from '#app/live/usePresence.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { OpenEndForm } from './EndForm.tsx'
import { endEntryOf, endPartsByName } from './endParts.ts'
import type { EndValues } from './enrollmentEntry.ts'
import { useEnrollmentForm } from './useEnrollmentForm.ts'

type Enrollment = RecordOf<'enrollments'>

export interface EndDialogProps {
  programName: string
  /** As the tablet knows it now. An ended one is being corrected: the form begins with what it says. */
  enrollment: Enrollment
  /** Of the client, whose page this is part of: a tablet says of one record at a time that it is open. */
  presence: PresenceHere
  onClose: () => void
  /** @param seen the enrollment as the form showed it */
  onEnd: (seen: Enrollment, values: EndValues) => Promise<void>
}

/** The form follows the enrollment: what others write meanwhile arrives in it, or stands beside what was typed. */
export function EndDialog({ programName, enrollment, presence, onClose, onEnd }: EndDialogProps) {
  const { t } = useTranslation()
  const today = useToday()
  const entry = useMemo(() => endEntryOf(today), [today])
  const { form, type, take, seen, save } = useEnrollmentForm({ enrollment, entry, onSave: onEnd })
  return (
    <Dialog title={t('enrollments.endTitle', { program: programName })} open onClose={onClose}>
      <LiveForm state={{ ...presence, parts: endPartsByName, notes: form.notes, seen, take }}>
        <OpenEndForm
          enrolledOn={seen.enrolledOn}
          typed={form.typed}
          onChange={type}
          submit={t('fields.save')}
          onEnd={save}
          cancel={
            <Button kind="quiet" onPress={onClose}>
              {t('fields.cancel')}
            </Button>
          }
        />
      </LiveForm>
    </Dialog>
  )
}
