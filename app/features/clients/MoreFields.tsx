import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveField } from '#app/live/LiveField.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { TextArea } from '#app/ui/TextField.tsx'
import { ClientTextField, type FormPart } from './ClientTextField.tsx'

const FIELDS = ['middleName', 'email', 'nationalId', 'notes'] as const
const ALL = [...FIELDS, 'shareWithPartners'] as const

/** Closed until it is wanted, and open when something is in it, wrong with it, or changed under it. */
export function MoreFields(part: FormPart) {
  const { t } = useTranslation()
  const { form, mistakeOf } = part
  const isShared = form.typed.shareWithPartners === 'yes'
  const [open, setOpen] = useState(() => !isShared || FIELDS.some((field) => form.typed[field] !== ''))
  const shown = open || ALL.some((field) => mistakeOf(field) !== undefined || form.notes[field] !== undefined)
  return (
    <details open={shown} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 rounded-lg font-semibold text-primary [&::-webkit-details-marker]:hidden">
        <ChevronDown
          aria-hidden="true"
          className="size-5 shrink-0 transition-transform group-open:rotate-180 motion-reduce:transition-none"
        />
        {t('clients.more')}
      </summary>
      <Card className="mt-3 flex flex-col gap-6">
        <div className="grid gap-6 tablet:grid-cols-2">
          <ClientTextField {...part} name="middleName" label={t('clients.middleName')} />
          <ClientTextField {...part} name="nationalId" label={t('clients.nationalId')} inputMode="text" figures />
          <ClientTextField {...part} name="email" label={t('fields.email')} type="email" inputMode="email" />
        </div>
        <LiveField part="notes">
          <TextArea
            id="notes"
            autoComplete="off"
            label={t('fields.notes')}
            value={form.typed.notes}
            onChange={(notes) => form.change({ notes })}
            error={mistakeOf('notes')}
          />
        </LiveField>
        <LiveField part="shareWithPartners">
          <Checkbox
            id="shareWithPartners"
            hint={t('clients.shareHint')}
            isSelected={isShared}
            onChange={(selected) => form.change({ shareWithPartners: selected ? 'yes' : 'no' })}
          >
            {t('clients.share')}
          </Checkbox>
        </LiveField>
      </Card>
    </details>
  )
}
