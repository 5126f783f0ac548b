import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { AUDIT_ACTIONS } from '#domain/audit/event.ts'
import type { AuditFilter } from './auditFilter.ts'

interface Named {
  id: string
  name: string
}

export interface AuditFiltersProps {
  filter: AuditFilter
  people: readonly Named[]
  applications: readonly Named[]
}

/** A form of the kind GET: a filtered log has an address that can be kept. */
export function AuditFilters({ filter, people, applications }: AuditFiltersProps) {
  const { t } = useTranslation()
  const any = t('administration.audit.any')
  const actions = AUDIT_ACTIONS.map((value) => ({ value, label: t(`administration.audit.actions.${value}`) }))
  const outcomes = (['success', 'failure'] as const).map((value) => ({ value, label: t(`administration.audit.outcomes.${value}`) }))
  const select = (name: 'action' | 'actor' | 'application' | 'outcome', label: string, choices: { value: string; label: string }[]) => (
    <Select name={name} label={label} empty={any} choices={choices} defaultValue={filter[name] ?? ''} />
  )
  const text = (name: 'client' | 'device' | 'from' | 'to', label: string, type: 'text' | 'date') => (
    <TextField name={name} type={type} label={label} defaultValue={filter[name] ?? ''} maxLength={80} />
  )
  return (
    <Card>
      <Form method="get" aria-label={t('administration.audit.filters')} className="flex flex-col gap-5">
        <div className="grid gap-4 tablet:grid-cols-2 desktop:grid-cols-4">
          {select('action', t('administration.audit.action'), actions)}
          {select('actor', t('administration.audit.who'), choicesOf(people))}
          {select('application', t('administration.audit.application'), choicesOf(applications))}
          {select('outcome', t('administration.audit.outcome'), outcomes)}
          {text('client', t('administration.audit.client'), 'text')}
          {text('device', t('administration.audit.device'), 'text')}
          {text('from', t('administration.audit.from'), 'date')}
          {text('to', t('administration.audit.to'), 'date')}
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

function choicesOf(named: readonly Named[]) {
  return named.map(({ id, name }) => ({ value: id, label: name }))
}
