import { useTranslation } from 'react-i18next'
import { LiveField } from '#app/live/LiveField.tsx'
import { useRecords, useTablet } from '#app/session/useTablet.ts'
import { Select } from '#app/ui/Select.tsx'
import type { FormPart } from './ClientTextField.tsx'

/** Nobody with one facility is asked for it. */
export function FacilityField({ form, mistakeOf }: FormPart) {
  const { t } = useTranslation()
  const { account } = useTablet()
  const facilities = useRecords('facilities')
  if (account.facilities.length < 2) return null
  const names = new Map(facilities.map(({ record }) => [record.id, record.name]))
  // The home of a client who is shared with this facility is another one; it stays unless somebody moves them.
  const known = account.facilities.includes(form.typed.facilityId) ? [] : [form.typed.facilityId].filter((id) => names.has(id))
  const choices = [...account.facilities, ...known].map((id) => ({ value: id, label: names.get(id) ?? id }))
  return (
    <LiveField part="facilityId" className="max-w-sm">
      <Select
        id="facilityId"
        label={t('fields.facility')}
        choices={choices}
        value={form.typed.facilityId}
        onChange={(facilityId) => form.change({ facilityId })}
        error={mistakeOf('facilityId')}
      />
    </LiveField>
  )
}
