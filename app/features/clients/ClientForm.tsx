import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMistakes } from '#app/language/mistakes.ts'
import { LiveField } from '#app/live/LiveField.tsx'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { SEXES } from '#domain/clients/client.ts'
import { BirthFields } from './BirthFields.tsx'
import { ClientTextField } from './ClientTextField.tsx'
import { FacilityField } from './FacilityField.tsx'
import { Matches } from './Matches.tsx'
import { MoreFields } from './MoreFields.tsx'
import { PhoneField } from './PhoneField.tsx'
import type { ClientForm as Form } from './useClientForm.ts'

export interface ClientFormProps {
  form: Form
  submit: string
  cancel: ReactNode
  /** The client that is edited; null for a new one. */
  self: string | null
  /** Typing starts with the first field. An edit is mostly about another one, and a phone's keyboard would cover it. */
  startsTyping?: boolean
}

/**
 * Autocomplete is off for all of it: the browser would keep what was typed, for other forms and for a restored page.
 * One page, and seven things to fill in before "more"; every one but a name may stay empty.
 */
export function ClientForm({ form, submit, cancel, self, startsTyping = false }: ClientFormProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(form.mistakes)
  const field = { form, mistakeOf: of }
  // The boxes of a row stand on one line, unless something is said under one of them.
  const isNoted = form.notes.phone !== undefined || form.notes.address !== undefined
  const sexes = SEXES.map((value) => ({ value, label: t(`clients.sex.${value}`) }))
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex max-w-3xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <ErrorSummary {...summary} />
      <Card className="flex flex-col gap-6">
        <div className="grid gap-6 tablet:grid-cols-2">
          <ClientTextField {...field} name="givenName" label={t('clients.givenName')} autoFocus={startsTyping} />
          <ClientTextField {...field} name="familyName" label={t('clients.familyName')} />
        </div>
        <LiveField part="sex">
          <RadioGroup
            id="sex"
            label={t('clients.sexLabel')}
            choices={sexes}
            value={form.typed.sex}
            onChange={(sex) => form.change({ sex })}
          />
        </LiveField>
        <BirthFields {...field} />
        <div className={`grid gap-6 tablet:grid-cols-2 ${isNoted ? 'items-start' : 'items-end'}`}>
          <PhoneField {...field} />
          <ClientTextField {...field} name="address" label={t('fields.address')} hint={t('clients.addressHint')} />
        </div>
        <FacilityField {...field} />
      </Card>
      <MoreFields {...field} />
      <Matches typed={form.typed} self={self} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" className="max-tablet:w-full">
          {submit}
        </Button>
        {cancel}
      </div>
    </form>
  )
}
