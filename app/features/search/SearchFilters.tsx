import { ListFilter } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { type Choice, Select } from '#app/ui/Select.tsx'
import { AGE_BANDS } from '#domain/clients/ageBand.ts'
import { SEXES } from '#domain/clients/client.ts'
import { ENROLLMENT_STATUSES } from '#domain/enrollments/enrollment.ts'
import { type ClientFilter, FILTER_NAMES, readClientFilter } from './clientFilter.ts'

export interface SearchFiltersProps {
  filter: ClientFilter
  onChange: (filter: ClientFilter) => void
}

/** Folded away: most who search type a name. What is set can be seen, and taken back, without opening it. */
export function SearchFilters({ filter, onChange }: SearchFiltersProps) {
  const { t } = useTranslation()
  const panel = useId()
  const [isOpen, setOpen] = useState(false)
  const choices = useFilterChoices()
  const set = FILTER_NAMES.filter((name) => filter[name] !== undefined)
  // Through the reader of addresses: what a list offers and what an address may say are one thing.
  const change = (name: keyof ClientFilter, value: string) => onChange(readClientFilter(new URLSearchParams({ ...filter, [name]: value })))
  return (
    <section aria-label={t('home.filters.title')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="quiet" aria-expanded={isOpen} aria-controls={panel} onPress={() => setOpen(!isOpen)}>
          <ListFilter aria-hidden="true" className="size-5" />
          {set.length === 0 ? t('home.filters.open') : t('home.filters.set', { count: set.length })}
        </Button>
        {set.length > 0 && (
          <Button kind="quiet" onPress={() => onChange({})}>
            {t('home.filters.clear')}
          </Button>
        )}
      </div>
      {!isOpen && set.length > 0 && (
        <p className="text-ink-soft">
          {set.map((name) => choices[name].find(({ value }) => value === filter[name])?.label ?? filter[name]).join(' · ')}
        </p>
      )}
      {/* Always there, as the button names it. */}
      <div id={panel} hidden={!isOpen} className={isOpen ? 'grid gap-4 tablet:grid-cols-2 desktop:grid-cols-3' : ''}>
        {FILTER_NAMES.filter((name) => name !== 'facility' || choices.facility.length > 1).map((name) => (
          <Select
            key={name}
            label={t(`home.filters.${name}`)}
            empty={t('home.filters.any')}
            choices={choices[name]}
            value={filter[name] ?? ''}
            onChange={(value) => change(name, value)}
          />
        ))}
      </div>
    </section>
  )
}

function useFilterChoices(): Record<(typeof FILTER_NAMES)[number], Choice[]> {
  const { t } = useTranslation()
  const { account } = useTablet()
  const facilities = useRecords('facilities')
  const programs = useRecords('programs')
  const named = (records: readonly { record: { id: string; name: string } }[]) =>
    records.map(({ record: { id, name } }) => ({ value: id, label: name })).sort((a, b) => a.label.localeCompare(b.label))
  return {
    program: named(programs),
    status: ENROLLMENT_STATUSES.map((value) => ({ value, label: t(`enrollments.status.${value}`) })),
    age: AGE_BANDS.map((value) => ({ value, label: t(`home.filters.ages.${value}`) })),
    sex: SEXES.map((value) => ({ value, label: t(`clients.sex.${value}`) })),
    facility: named(facilities.filter(({ record }) => account.facilities.includes(record.id))),
  }
}
