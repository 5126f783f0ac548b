import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AuditFilters } from '#app/features/administration/AuditFilters.tsx'
import { AuditTable } from '#app/features/administration/AuditTable.tsx'
import { filterQuery, readFilter } from '#app/features/administration/auditFilter.ts'
import { permitted } from '#app/features/gate/permitted.ts'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'

const LINES = 50

export async function loader(args: LoaderFunctionArgs) {
  permitted(args, 'audit.read')
  const { services, config } = args.context
  const filter = readFilter(new URL(args.request.url).searchParams)
  const { rows, next } = await services.auditLog.page({ ...filter, limit: LINES })
  const people = (await services.accounts.list()).map(({ id, name }) => ({ id, name }))
  return { filter, rows, next, people, timeZone: config.timeZone }
}

export default function Audit() {
  const { t } = useTranslation()
  const { filter, rows, next, people, timeZone } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={t('administration.audit.title')}>{t('administration.audit.lead')}</PageHeader>
      <AuditFilters filter={filter} people={people} />
      {rows.length === 0 ? (
        <EmptyState title={t('administration.audit.empty')} Icon={ScrollText}>
          {t('administration.audit.emptyHint')}
        </EmptyState>
      ) : (
        <AuditTable lines={rows} timeZone={timeZone} />
      )}
      <nav aria-label={t('administration.audit.table')} className="flex flex-wrap gap-3 empty:hidden">
        {filter.before !== undefined && (
          <LinkButton to={filterQuery(filter)} kind="secondary">
            {t('administration.audit.newest')}
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton to={filterQuery(filter, next)} kind="secondary">
            {t('administration.audit.older')}
          </LinkButton>
        )}
      </nav>
    </>
  )
}
