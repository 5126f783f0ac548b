import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientTextField, type FormPart } from './ClientTextField.tsx'
import { usePhoneNote } from './usePhoneNote.ts'

/** Says how a number was read, once it is typed: a doubt is said, and holds nothing up. */
export function PhoneField(field: FormPart) {
  const { t } = useTranslation()
  const { phone, facilityId } = field.form.typed
  const [left, setLeft] = useState(phone)
  const note = usePhoneNote(left === phone ? phone : null, facilityId)
  return (
    <ClientTextField
      {...field}
      name="phone"
      label={t('fields.phone')}
      hint={note === null ? t('clients.phoneHint') : <Words note={note} />}
      type="tel"
      inputMode="tel"
      figures
      onBlur={() => setLeft(phone)}
    />
  )
}

function Words({ note }: { note: NonNullable<ReturnType<typeof usePhoneNote>> }) {
  const { t } = useTranslation()
  if (note.kind === 'doubtful') return <span className="font-semibold text-warn">{t('clients.phoneDoubtful')}</span>
  return <bdi>{note.international}</bdi>
}
