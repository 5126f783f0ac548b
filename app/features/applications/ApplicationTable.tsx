import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { type Column, Table } from '#app/ui/Table.tsx'
import type { ListedApplication } from '#domain/partners/application.ts'
import { ApplicationButtons } from './ApplicationButtons.tsx'

export function ApplicationTable({ applications, timeZone }: { applications: readonly ListedApplication[]; timeZone: string }) {
  const { t, i18n } = useTranslation()
  const shown = (at: number) => formatInstant(at, i18n.language, timeZone)
  const columns: Column<ListedApplication>[] = [
    { key: 'name', title: t('fields.name'), cell: (application) => <Name application={application} made={shown(application.createdAt)} /> },
    {
      key: 'status',
      title: t('fields.status'),
      cell: ({ disabledAt, isUnusual }) => <Standing disabled={disabledAt !== null} isUnusual={isUnusual} />,
    },
    {
      key: 'programs',
      title: t('applications.programs'),
      cell: ({ programs }) => (programs === 'all' ? t('applications.allPrograms') : programs.join(', ')),
    },
    {
      key: 'lastUsed',
      title: t('applications.lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('applications.never') : shown(lastUsedAt)),
    },
    { key: 'actions', title: t('applications.actions'), cell: (application) => <ApplicationButtons application={application} /> },
  ]
  return <Table caption={t('applications.table')} columns={columns} rows={applications} rowKey={({ id }) => id} />
}

function Name({ application, made }: { application: ListedApplication; made: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Link
        to={`/applications/${encodeURIComponent(application.id)}`}
        className="flex min-h-12 items-center font-semibold text-primary underline"
      >
        {application.name}
      </Link>
      <code dir="ltr" className="block font-mono text-sm font-normal text-ink-soft">
        {application.id}
      </code>
      <span className="block text-sm font-normal text-ink-soft">{t('applications.created', { date: made })}</span>
    </>
  )
}

function Standing({ disabled, isUnusual }: { disabled: boolean; isUnusual: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="flex flex-wrap gap-2">
      <StatusMark tone={disabled ? 'calm' : 'good'}>{disabled ? t('applications.disabled') : t('applications.active')}</StatusMark>
      {isUnusual && <StatusMark tone="warn">{t('applications.unusual')}</StatusMark>}
    </span>
  )
}
