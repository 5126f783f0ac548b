import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AuditFilters } from '#app/features/administration/AuditFilters.tsx'
import { AuditTable } from '#app/features/administration/AuditTable.tsx'
import { AuditTools } from '#app/features/administration/AuditTools.tsx'
import { AuditVerdict } from '#app/features/administration/AuditVerdict.tsx'
import { filterQuery, readFilter, readPlace } from '#app/features/administration/auditFilter.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { requestMeta } from '#app/features/gate/requestMeta.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

const LINES = 50

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'audit.read')
  const { services, config } = args.context
  const search = new URL(args.request.url).searchParams
  const [filter, before] = [readFilter(search), readPlace(search)]
  const [{ rows, next }, accounts, listed] = await Promise.all([
    services.auditLog.page({ ...filter, before, limit: LINES }),
    services.accounts.list(),
    services.applications.list(),
  ])
  const people = accounts.map(({ id, name }) => ({ id, name }))
  const applications = listed.map(({ id, name }) => ({ id, name }))
  return { filter, before, rows, next, people, applications, timeZone: config.timeZone }
}

export async function action(args: ActionFunctionArgs) {
  const { id } = permitted(args, 'audit.read')
  return args.context.services.auditLog.verifyFor({ accountId: id, ...requestMeta(args, '/audit') })
}

export default function Audit() {
  const { t } = useTranslation()
  const { filter, before, rows, next, people, applications, timeZone } = useLoaderData<typeof loader>()
  const verified = useActionData<typeof action>()
  return (
    <>
      <PageHeader title={t('administration.audit.title')}>{t('administration.audit.lead')}</PageHeader>
      <div role="status">{verified && <AuditVerdict {...verified} />}</div>
      <AuditFilters filter={filter} people={people} applications={applications} />
      <AuditTools filter={filter} />
      {rows.length === 0 ? (
        <EmptyState title={t('administration.audit.empty')} Icon={ScrollText}>
          {t('administration.audit.emptyHint')}
        </EmptyState>
      ) : (
        <AuditTable lines={rows} timeZone={timeZone} />
      )}
      <nav aria-label={t('administration.audit.table')} className="flex flex-wrap gap-3 empty:hidden">
        {before !== undefined && (
          <LinkButton to={filterQuery(filter)} kind="secondary">
            {t('administration.audit.newest')}
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton to={filterQuery(filter, { before: next })} kind="secondary">
            {t('administration.audit.older')}
          </LinkButton>
        )}
      </nav>
    </>
  )
}
