import { Form, useNavigation } from '@remix-run/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { Country } from './countries.ts'
import type { TypedFacility } from './facilityEntry.ts'

export interface FacilityFormProps {
  typed: TypedFacility
  mistakes: Mistakes | undefined
  countries: readonly Country[]
}

/** Several stand on one page, so ids and mistakes carry the facility's. */
export function FacilityForm({ typed, mistakes, countries }: FacilityFormProps) {
  const { t } = useTranslation()
  const idOf = (field: string) => fieldId(field, typed.id)
  const own = useMemo(() => suffixed(mistakes ?? {}, typed.id), [mistakes, typed.id])
  const { summary, of } = useMistakes(own)
  const busy = useNavigation().state !== 'idle'
  return (
    <Form method="post" noValidate className="flex flex-col gap-4">
      <ErrorSummary {...summary} />
      {typed.id !== null && <input type="hidden" name="id" value={typed.id} />}
      <TextField
        id={idOf('name')}
        name="name"
        autoComplete="off"
        label={t('fields.name')}
        defaultValue={typed.name}
        error={of(idOf('name'))}
      />
      <TextField
        id={idOf('code')}
        name="code"
        autoComplete="off"
        label={`${t('administration.facilities.code')} (${t('fields.optional')})`}
        hint={t('administration.facilities.codeHint')}
        defaultValue={typed.code}
        error={of(idOf('code'))}
        figures
      />
      <Select
        id={idOf('country')}
        name="country"
        label={`${t('administration.facilities.country')} (${t('fields.optional')})`}
        hint={t('administration.facilities.countryHint')}
        choices={[{ value: '', label: t('administration.facilities.noCountry') }, ...countries]}
        defaultValue={typed.country}
        error={of(idOf('country'))}
      />
      <Button type="submit" isPending={busy} kind={typed.id === null ? 'primary' : 'secondary'} className="self-start">
        {t(typed.id === null ? 'administration.facilities.add' : 'fields.save')}
      </Button>
    </Form>
  )
}

function suffixed(mistakes: Mistakes, id: string | null): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).map(([field, word]) => [fieldId(field, id), word]))
}

function fieldId(field: string, id: string | null): string {
  return `${field}-${id ?? 'new'}`
}
