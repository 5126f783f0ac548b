import { CalendarCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePresence } from '#app/live/usePresence.ts'
import { useRecord } from '#app/session/useTablet.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import type { RecordOf } from '#domain/collections.ts'
import { useDueVisits } from './useDueVisits.ts'
import { useVisits } from './useVisits.tsx'
import { VisitDialog } from './VisitDialog.tsx'
import { VisitList } from './VisitList.tsx'

/** Who is expected: those who are late first. */
export function DueVisits({ programId }: { programId: string }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<string | null>(null)
  const due = useDueVisits(programId)
  const isNobody = due.late.length + due.today.length + due.soon.length === 0
  if (isNobody) {
    return (
      <EmptyState title={t('visits.nobody')} Icon={CalendarCheck}>
        {due.later.length > 0 ? t('visits.nobodyHint', { count: due.later.length }) : t('visits.noneHint')}
      </EmptyState>
    )
  }
  return (
    <>
      <VisitList title={t('visits.late')} visits={due.late} onRecord={setAsked} />
      <VisitList title={t('visits.today')} visits={due.today} onRecord={setAsked} />
      <VisitList title={t('visits.soon')} visits={due.soon} onRecord={setAsked} />
      {asked !== null && <Asked key={asked} id={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function Asked({ id, onClose }: { id: string; onClose: () => void }) {
  const enrollment = useRecord('enrollments', id)?.record
  return enrollment === undefined ? null : <AskedVisit enrollment={enrollment} onClose={onClose} />
}

function AskedVisit({ enrollment, onClose }: { enrollment: RecordOf<'enrollments'>; onClose: () => void }) {
  const { t } = useTranslation()
  const presence = usePresence('clients', enrollment.clientId)
  const { clientName, programName } = useRecordNames()
  const save = useVisits(({ clientId }) => clientName(clientId))
  const names = { name: clientName(enrollment.clientId), program: programName(enrollment.programId) }
  return (
    <VisitDialog
      title={t('visits.recordOf', names)}
      enrollment={enrollment}
      presence={presence}
      onClose={onClose}
      onSave={(seen, values) => save(seen, values).then(onClose)}
    />
  )
}
