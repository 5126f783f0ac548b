import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { FieldProblem } from '#app/ui/FieldFrame.tsx'
import { RadioGroup } from '#app/ui/RadioGroup.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import type { Typed } from './applicationForm.ts'

export interface CreateApplicationProps {
  programs: readonly { id: string; name: string }[]
  mistakes: Mistakes | undefined
  typed: Typed | undefined
  /** How many applications there are: with one more, the form is empty again. */
  made: number
}

export function CreateApplication({ programs, mistakes, typed, made }: CreateApplicationProps) {
  const { t } = useTranslation()
  const { summary, of } = useMistakes(mistakes)
  const busy = useNavigation().formData?.get('intent') === 'create'
  const choices = [
    { value: 'all', label: t('applications.form.all') },
    { value: 'chosen', label: t('applications.form.chosen') },
  ]
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{t('applications.form.title')}</h2>
      <ErrorSummary {...summary} />
      <Form method="post" noValidate className="group/form flex flex-col gap-5">
        <div key={made} className="flex flex-col gap-5">
          <TextField
            id="name"
            name="name"
            label={t('fields.name')}
            hint={t('applications.form.nameHint')}
            defaultValue={typed?.name ?? ''}
            error={of('name')}
            autoComplete="off"
          />
          <RadioGroup name="access" label={t('applications.form.access')} choices={choices} defaultValue={typed?.access ?? 'all'} />
          {/* Shown by style alone, so that the choice works without JavaScript. */}
          <fieldset id="programs" tabIndex={-1} className="hidden flex-col gap-1 group-has-[input[value=chosen]:checked]/form:flex">
            <legend className="font-semibold">{t('applications.programs')}</legend>
            <p className="text-sm text-ink-soft">
              {programs.length === 0 ? t('applications.form.noPrograms') : t('applications.form.chosenHint')}
            </p>
            {programs.map(({ id, name }) => (
              <Checkbox key={id} name="program" value={id} defaultSelected={typed?.programs.includes(id) ?? false} hint={id}>
                {name}
              </Checkbox>
            ))}
            {of('programs') !== undefined && <FieldProblem>{of('programs')}</FieldProblem>}
          </fieldset>
        </div>
        <Button type="submit" name="intent" value="create" isPending={busy} className="self-start">
          {t('applications.form.submit')}
        </Button>
      </Form>
    </Card>
  )
}
