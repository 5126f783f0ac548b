import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import type { EnrollmentFields } from '#domain/enrollments/enrollment.ts'
import { EndForm } from './EndForm.tsx'
import type { EndValues } from './enrollmentEntry.ts'

export interface EndDialogProps {
  programName: string
  /** An ended one is being corrected: the form begins with what it says. */
  enrollment: EnrollmentFields
  onClose: () => void
  onEnd: (values: EndValues) => Promise<void>
}

export function EndDialog({ programName, enrollment, onClose, onEnd }: EndDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('enrollments.endTitle', { program: programName })} open onClose={onClose}>
      <EndForm
        enrollment={enrollment}
        submit={t('fields.save')}
        onEnd={onEnd}
        cancel={
          <Button kind="quiet" onPress={onClose}>
            {t('fields.cancel')}
          </Button>
        }
      />
    </Dialog>
  )
}
