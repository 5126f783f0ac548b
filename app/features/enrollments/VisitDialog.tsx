import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTouched } from '#app/live/followRecord.ts'
import { LiveForm } from '#app/live/LiveForm.tsx'
import { useFollowing } from '#app/live/useFollowing.ts'
import type { PresenceHere } from '#app/live/usePresence.ts'
import { useUnsavedForm } from '#app/session/unsavedForm.ts'
import { useToday } from '#app/session/useToday.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import type { RecordOf } from '#domain/collections.ts'
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
  const isSaving = useRef(false)
  const { form, type, take } = useFollowing({
    start: () => ({ typed: entry.typedFrom(enrollment), seen: { ...enrollment }, notes: {} }),
    current: enrollment,
    entry,
    isSaving,
  })
  useUnsavedForm(form.typed.visitOutcome !== '' || isTouched(form, entry))
  const seen = { ...enrollment, ...form.seen }
  const save = async (values: VisitValues) => {
    if (isSaving.current) return
    isSaving.current = true
    await onSave(seen, values)
    isSaving.current = false
  }
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
