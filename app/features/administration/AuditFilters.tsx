import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { AUDIT_ACTIONS } from '#domain/audit/event.ts'
import type { AuditFilter } from './auditFilter.ts'

export interface AuditFiltersProps {
  filter: AuditFilter
  people: readonly { id: string; name: string }[]
}

/** A form of the kind GET: a filtered log has an address that can be kept. */
export function AuditFilters({ filter, people }: AuditFiltersProps) {
  const { t } = useTranslation()
  const any = t('administration.audit.any')
  const actions = AUDIT_ACTIONS.map((value) => ({ value, label: t(`administration.audit.actions.${value}`) }))
  const outcomes = (['success', 'failure'] as const).map((value) => ({ value, label: t(`administration.audit.outcomes.${value}`) }))
  const persons = people.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Card>
      <Form method="get" aria-label={t('administration.audit.filters')} className="flex flex-col gap-5">
        <div className="grid gap-4 tablet:grid-cols-2 desktop:grid-cols-4">
          <Select name="action" label={t('administration.audit.action')} empty={any} choices={actions} defaultValue={filter.action ?? ''} />
          <Select name="actor" label={t('administration.audit.who')} empty={any} choices={persons} defaultValue={filter.actor ?? ''} />
          <Select
            name="outcome"
            label={t('administration.audit.outcome')}
            empty={any}
            choices={outcomes}
            defaultValue={filter.outcome ?? ''}
          />
          <TextField name="day" type="date" label={t('administration.audit.day')} defaultValue={filter.day ?? ''} />
        </div>
        <div className="flex flex-wrap gap-3">
          <Button type="submit">{t('administration.audit.apply')}</Button>
          <LinkButton to="/audit" kind="quiet" reloadDocument>
            {t('administration.audit.clear')}
          </LinkButton>
        </div>
      </Form>
    </Card>
  )
}
