import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { type AuditFilter, filterQuery } from './auditFilter.ts'

/** What can be done with the log: take what the filter shows elsewhere, and have the whole of it verified. */
export function AuditTools({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation()
  const isVerifying = useNavigation().formMethod === 'POST'
  return (
    <div className="flex flex-wrap gap-3">
      <LinkButton to={`/audit/export${filterQuery(filter, { format: 'csv' })}`} kind="secondary" reloadDocument download>
        {t('administration.audit.exportCsv')}
      </LinkButton>
      <LinkButton to={`/audit/export${filterQuery(filter, { format: 'fhir' })}`} kind="secondary" reloadDocument download>
        {t('administration.audit.exportFhir')}
      </LinkButton>
      <Form method="post">
        <Button type="submit" kind="secondary" isPending={isVerifying}>
          {t('administration.audit.verify.submit')}
        </Button>
      </Form>
    </div>
  )
}
