import { useParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { EditProgram } from '#app/features/programs/EditProgram.tsx'
import { ProgramNotFound } from '#app/features/programs/ProgramNotFound.tsx'
import { useRecord, useSyncState } from '#app/session/useTablet.ts'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { Skeleton } from '#app/ui/Skeleton.tsx'

export const clientLoader = () => null

export default function Edit() {
  const { t } = useTranslation()
  const { loaded } = useSyncState()
  const program = useRecord('programs', useParams().id ?? '')
  if (!loaded) return <Skeleton label={t('fields.loading')} lines={6} />
  if (program === undefined) return <ProgramNotFound />
  return (
    <>
      <PageHeader title={t('programs.editTitle', { name: program.record.name })} />
      <EditProgram key={program.record.id} program={program.record} />
    </>
  )
}
