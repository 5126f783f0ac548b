import { Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LocalRecord } from '#app/data/tablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { ProgramStatus } from './ProgramStatus.tsx'
import { useProgramChanges } from './useProgramChanges.ts'

export function ProgramHeader({ program: { record, state } }: { program: LocalRecord<'programs'> }) {
  const { t } = useTranslation()
  const { setActive } = useProgramChanges()
  const actions = (
    <>
      <Button kind="quiet" onPress={() => void setActive(record, !record.active)}>
        {t(record.active ? 'programs.deactivate' : 'programs.activate')}
      </Button>
      <LinkButton to={`/programs/${record.id}/edit`} kind="secondary">
        <Pencil aria-hidden="true" className="size-5" />
        {t('fields.edit')}
      </LinkButton>
    </>
  )
  return (
    <PageHeader title={record.name} actions={actions}>
      <p className="flex flex-wrap items-center gap-x-4">
        <bdi className="font-mono">{record.id}</bdi>
        <ProgramStatus active={record.active} />
        {state === 'unsent' && <StatusMark tone="calm">{t('fields.record.unsent')}</StatusMark>}
      </p>
    </PageHeader>
  )
}
