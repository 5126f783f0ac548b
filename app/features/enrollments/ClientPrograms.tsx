import { ClipboardPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PresenceHere } from '#app/live/usePresence.ts'
import { useRecords } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { EndDialog } from './EndDialog.tsx'
import { EnrolDialog } from './EnrolDialog.tsx'
import { EnrollmentList } from './EnrollmentList.tsx'
import { useEnrollmentChanges } from './useEnrollmentChanges.tsx'
import { useEnrollments } from './useEnrollments.ts'
import { useVisits } from './useVisits.tsx'
import { VisitDialog } from './VisitDialog.tsx'

type Asked = { kind: 'enrol'; first: readonly string[] } | { kind: 'end' | 'visit'; id: string }

export interface ClientProgramsProps {
  client: RecordOf<'clients'>
  presence: PresenceHere
  /** Somebody else stands for this client now: what is here can be read, and no more. */
  readOnly: boolean
}

/** The part of a client's page about programs. */
export function ClientPrograms({ client, presence, readOnly }: ClientProgramsProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const programName = useProgramName()
  const { enrollments, choices } = useEnrollments(client.id)
  const { end, enrol } = useEnrollmentChanges(programName)
  const saveVisit = useVisits(({ programId }) => programName(programId))
  const close = () => setAsked(null)
  const one = asked !== null && asked.kind !== 'enrol' ? enrollments.find(({ record }) => record.id === asked.id)?.record : undefined
  const enrolButton = readOnly ? null : (
    <Button onPress={() => setAsked({ kind: 'enrol', first: [] })}>
      <ClipboardPlus aria-hidden="true" className="size-5" />
      {t('enrollments.enrol')}
    </Button>
  )
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl font-bold">{t('enrollments.title')}</h2>
        {enrollments.length > 0 && enrolButton}
      </div>
      <EnrollmentList
        enrollments={enrollments}
        choices={choices}
        programName={programName}
        enrol={enrolButton}
        readOnly={readOnly}
        onEnd={(id) => setAsked({ kind: 'end', id })}
        onVisit={(id) => setAsked({ kind: 'visit', id })}
        onEnrolAgain={(programId) => setAsked({ kind: 'enrol', first: [programId] })}
      />
      {asked?.kind === 'enrol' && (
        <EnrolDialog
          client={client}
          choices={choices}
          first={asked.first}
          onClose={close}
          onEnrol={(chosen, day) => enrol(client.id, chosen, day).then(close)}
        />
      )}
      {asked?.kind === 'end' && one !== undefined && (
        <EndDialog
          key={one.id}
          programName={programName(one.programId)}
          enrollment={one}
          presence={presence}
          onClose={close}
          onEnd={(seen, values) => end(seen, values).then(close)}
        />
      )}
      {asked?.kind === 'visit' && one !== undefined && (
        <VisitDialog
          key={one.id}
          title={t('visits.ofProgram', { program: programName(one.programId) })}
          enrollment={one}
          presence={presence}
          onClose={close}
          onSave={(seen, values) => saveVisit(seen, values).then(close)}
        />
      )}
    </section>
  )
}

/** An enrollment may arrive before its program. */
function useProgramName(): (id: string) => string {
  const { t } = useTranslation()
  const programs = useRecords('programs')
  return (id) => programs.find(({ record }) => record.id === id)?.record.name ?? t('enrollments.unknownProgram', { id })
}
