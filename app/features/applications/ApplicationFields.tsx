import { useTranslation } from 'react-i18next'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { FieldProblem } from '#app/ui/FieldFrame.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { TextArea, TextField } from '#app/ui/TextField.tsx'
import { SCOPES } from '#domain/partners/api.ts'
import type { Typed } from './applicationForm.ts'

export interface Choosable {
  programs: readonly { id: string; name: string }[]
  facilities: readonly { id: string; name: string }[]
}

export interface ApplicationFieldsProps extends Choosable {
  typed: Typed
  of: (field: string) => string | undefined
}

/** What is said of an application, when it is made and later. */
export function ApplicationFields({ typed, programs, facilities, of }: ApplicationFieldsProps) {
  const { t } = useTranslation()
  const text = (name: 'purpose' | 'contact') => ({ id: name, name, defaultValue: typed[name], error: of(name), autoComplete: 'off' })
  return (
    <>
      <TextField
        id="name"
        name="name"
        label={t('fields.name')}
        hint={t('applications.form.nameHint')}
        defaultValue={typed.name}
        error={of('name')}
        autoComplete="off"
      />
      <TextArea {...text('purpose')} label={t('applications.form.purpose')} hint={t('applications.form.purposeHint')} rows={2} />
      <TextField {...text('contact')} label={t('applications.form.contact')} hint={t('applications.form.contactHint')} />
      <fieldset id="scopes" tabIndex={-1} className="flex flex-col gap-1">
        <legend className="font-semibold">{t('applications.form.scopes')}</legend>
        {SCOPES.map((scope) => (
          <Checkbox key={scope} name="scope" value={scope} defaultSelected={typed.scopes.includes(scope)} hint={scope}>
            {t(`applications.scopes.${SCOPE_KEYS[scope]}`)}
          </Checkbox>
        ))}
        {of('scopes') !== undefined && <FieldProblem>{of('scopes')}</FieldProblem>}
      </fieldset>
      <Narrowed
        id="programs"
        name="access"
        item="program"
        label={t('applications.form.access')}
        all={t('applications.form.all')}
        chosen={t('applications.form.chosen')}
        legend={t('applications.programs')}
        hint={programs.length === 0 ? t('applications.form.noPrograms') : t('applications.form.chosenHint')}
        value={typed.access}
        values={typed.programs}
        choices={programs}
        error={of('programs')}
      />
      <Narrowed
        id="facilities"
        name="places"
        item="facility"
        label={t('applications.form.places')}
        all={t('applications.form.allPlaces')}
        chosen={t('applications.form.chosenPlaces')}
        legend={t('applications.facilities')}
        hint={t('applications.form.placesHint')}
        value={typed.places}
        values={typed.facilities}
        choices={facilities}
        error={of('facilities')}
      />
      <TextField
        id="requestsPerMinute"
        name="requestsPerMinute"
        label={t('applications.form.rate')}
        inputMode="numeric"
        figures
        defaultValue={typed.requestsPerMinute}
        error={of('requestsPerMinute')}
        autoComplete="off"
        className="max-w-60"
      />
      <details open={typed.publicKeys !== ''}>
        <summary className="min-h-12 cursor-pointer py-3 font-semibold">{t('applications.form.ownKeys')}</summary>
        <TextArea
          id="publicKeys"
          name="publicKeys"
          label={t('applications.form.publicKeys')}
          hint={t('applications.form.publicKeysHint')}
          defaultValue={typed.publicKeys}
          error={of('publicKeys')}
          rows={5}
          dir="ltr"
        />
      </details>
    </>
  )
}

const SCOPE_KEYS = { 'clients.read': 'clients', 'statistics.read': 'statistics', 'fhir.read': 'fhir', 'audit.read': 'audit' } as const

interface NarrowedProps {
  id: string
  name: string
  item: string
  label: string
  all: string
  chosen: string
  legend: string
  hint: string
  value: string
  values: readonly string[]
  choices: readonly { id: string; name: string }[]
  error: string | undefined
}

/** Everything, or what is chosen of it: shown by style alone, so that the choice works without JavaScript. */
function Narrowed({ id, name, item, label, all, chosen, legend, hint, value, values, choices, error }: NarrowedProps) {
  const options = [
    { value: 'all', label: all },
    { value: 'chosen', label: chosen },
  ]
  return (
    <div className="group/narrowed flex flex-col gap-3">
      <RadioGroup name={name} label={label} choices={options} defaultValue={value} />
      <fieldset id={id} tabIndex={-1} className="hidden flex-col gap-1 group-has-[input[value=chosen]:checked]/narrowed:flex">
        <legend className="font-semibold">{legend}</legend>
        <p className="text-sm text-ink-soft">{hint}</p>
        {choices.map((choice) => (
          <Checkbox key={choice.id} name={item} value={choice.id} defaultSelected={values.includes(choice.id)} hint={choice.id}>
            {choice.name}
          </Checkbox>
        ))}
        {error !== undefined && <FieldProblem>{error}</FieldProblem>}
      </fieldset>
    </div>
  )
}
