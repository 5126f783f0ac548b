import { ClipboardPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { EndDialog } from './EndDialog.tsx'
import { EnrolDialog } from './EnrolDialog.tsx'
import { EnrollmentList } from './EnrollmentList.tsx'
import { useEnrollmentChanges } from './useEnrollmentChanges.tsx'
import { useEnrollments } from './useEnrollments.ts'

type Asked = { kind: 'enrol'; first: readonly string[] } | { kind: 'end'; enrollment: RecordOf<'enrollments'> }

/** The part of a client's page about programs. */
export function ClientPrograms({ client }: { client: RecordOf<'clients'> }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const programName = useProgramName()
  const { enrollments, choices } = useEnrollments(client.id)
  const { end, enrol } = useEnrollmentChanges(programName)
  const close = () => setAsked(null)
  const enrolButton = (
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
        onEnd={(enrollment) => setAsked({ kind: 'end', enrollment })}
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
      {asked?.kind === 'end' && (
        <EndDialog
          programName={programName(asked.enrollment.programId)}
          enrollment={asked.enrollment}
          onClose={close}
          onEnd={(values) => end(asked.enrollment, values).then(close)}
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
