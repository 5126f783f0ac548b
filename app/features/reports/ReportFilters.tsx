import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { formatMonth } from '#app/language/dates.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { ReportFilter } from '#domain/statistics/measures.ts'
import { reportQuery } from './reportFilter.ts'

interface Named {
  id: string
  name: string
}

export interface ReportFiltersProps {
  filter: ReportFilter
  facilities: readonly Named[]
  programs: readonly Named[]
  hasDhis2: boolean
}

/** A form of the kind GET: a report has an address that can be kept and sent. */
export function ReportFilters({ filter, facilities, programs, hasDhis2 }: ReportFiltersProps) {
  const { t, i18n } = useTranslation()
  const choices = (named: readonly Named[]) => named.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Card className="no-print">
      <Form method="get" aria-label={t('reports.filters')} className="flex flex-col gap-5">
        <div className="grid gap-4 tablet:grid-cols-2 desktop:grid-cols-4">
          {facilities.length > 1 && (
            <Select
              name="facility"
              label={t('reports.facility')}
              empty={t('reports.all')}
              choices={choices(facilities)}
              defaultValue={filter.facility ?? ''}
            />
          )}
          <Select
            name="program"
            label={t('reports.program')}
            empty={t('reports.all')}
            choices={choices(programs)}
            defaultValue={filter.program ?? ''}
          />
          <TextField name="from" type="month" label={t('reports.from')} defaultValue={filter.from} />
          <TextField name="to" type="month" label={t('reports.to')} defaultValue={filter.to} />
        </div>
        <div className="flex flex-wrap gap-3">
          <Button type="submit">{t('reports.apply')}</Button>
          <LinkButton to="/reports" kind="quiet" reloadDocument>
            {t('reports.clear')}
          </LinkButton>
          <Button kind="secondary" onPress={() => print()}>
            {t('reports.print')}
          </Button>
          <LinkButton to={`/reports/csv${reportQuery(filter)}`} kind="secondary" reloadDocument download>
            {t('reports.csv')}
          </LinkButton>
          {hasDhis2 && (
            <LinkButton to={`/reports/dhis2${reportQuery(filter)}`} kind="secondary" reloadDocument download>
              {t('reports.dhis2', { month: formatMonth(filter.to, i18n.language, 'long') })}
            </LinkButton>
          )}
        </div>
      </Form>
    </Card>
  )
}
