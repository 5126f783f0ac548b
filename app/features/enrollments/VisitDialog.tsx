import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveForm } from '#app/live/LiveForm.tsx'
import type { PresenceHere } from '#app/live/usePresence.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { useEnrollmentForm } from './useEnrollmentForm.ts'
import { VisitForm } from './VisitForm.tsx'
import type { VisitValues } from './visitEntry.ts'
import { visitEntryOf, visitPartsByName } from './visitParts.ts'

type Enrollment = RecordOf<'enrollments'>

export interface VisitDialogProps {
  title: string
  /** As the tablet knows it now. */
  enrollment: Enrollment
  presence: PresenceHere
  onClose: () => void
  /** @param seen the enrollment as the form showed it */
  onSave: (seen: Enrollment, values: VisitValues) => Promise<void>
}

/** What became of a visit, and when the next one is. */
export function VisitDialog({ title, enrollment, presence, onClose, onSave }: VisitDialogProps) {
  const { t } = useTranslation()
  const today = useToday()
  const entry = useMemo(() => visitEntryOf(today), [today])
  const { form, type, take, seen, save } = useEnrollmentForm({
    enrollment,
    entry,
    onSave,
    isBegun: ({ visitOutcome }) => visitOutcome !== '',
  })
  return (
    <Dialog title={title} open onClose={onClose}>
      <LiveForm state={{ ...presence, parts: visitPartsByName, notes: form.notes, seen, take }}>
        <VisitForm
          enrollment={seen}
          typed={form.typed}
          onChange={type}
          onSave={save}
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
