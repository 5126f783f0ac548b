import { useParams } from '@remix-run/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import { ClientList, ROWS } from '#app/features/clients/ClientList.tsx'
import { HistorySection } from '#app/features/history/HistorySection.tsx'
import { countEnrollments } from '#app/features/programs/countEnrollments.ts'
import { EnrolledNow } from '#app/features/programs/EnrolledNow.tsx'
import { enrolledNow } from '#app/features/programs/enrolledNow.ts'
import { ProgramFacts } from '#app/features/programs/ProgramFacts.tsx'
import { ProgramHeader } from '#app/features/programs/ProgramHeader.tsx'
import { ProgramNotFound } from '#app/features/programs/ProgramNotFound.tsx'
import { ProgramStatistics } from '#app/features/programs/ProgramStatistics.tsx'
import { IssueBanners } from '#app/features/review/IssueBanners.tsx'
import { useProgramQuestions } from '#app/features/review/useRecordQuestions.ts'
import { useRecord, useRecords, useSyncState, useTablet } from '#app/session/useTablet.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Program() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const program = useRecord('programs', useParams().id ?? '')
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={8} />
  return program === undefined ? <ProgramNotFound /> : <ProgramPage program={program} />
}

function ProgramPage({ program }: { program: LocalRecord<'programs'> }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const enrollments = useRecords('enrollments')
  const clients = useRecords('clients')
  const { id, active } = program.record
  const questions = useProgramQuestions(id)
  const counts = useMemo(() => countEnrollments(enrollments).get(id) ?? {}, [enrollments, id])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `clients` changes when one of those that are looked up does
  const enrolled = useMemo(
    () => enrolledNow(enrollments, id, (clientId) => tablet.record('clients', clientId)?.record),
    [enrollments, clients, id, tablet],
  )
  return (
    <>
      <ProgramHeader program={program} />
      <IssueBanners questions={questions} />
      {!active && <Banner title={t('programs.inactive')}>{t('programs.inactiveHint')}</Banner>}
      <div className="grid gap-8 desktop:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] desktop:items-start">
        <EnrolledNow total={enrolled.length} searchAmong={`/?program=${encodeURIComponent(id)}&status=active`} shown={ROWS}>
          <ClientList clients={enrolled} />
        </EnrolledNow>
        <ProgramFacts program={program.record} counts={counts} />
      </div>
      <ProgramStatistics programId={id} />
      <HistorySection collection="programs" recordId={id} />
    </>
  )
}
