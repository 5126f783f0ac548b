import { type MutableRefObject, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { LiveField } from '#app/live/LiveField.tsx'
import { useUnsavedForm } from '#app/session/unsavedForm.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextArea, TextField } from '#app/ui/TextField.tsx'
import { PROGRAM_CATEGORIES } from '#domain/programs/program.ts'
import type { ProgramReading, TypedProgram } from './programEntry.ts'

interface FormProps {
  /** The code is fixed once made. */
  isNew: boolean
  read: (typed: TypedProgram) => ProgramReading
  /** Resolves with false when it was not saved, and can be tried again. */
  save: (reading: Extract<ProgramReading, { mistakes: null }>) => Promise<unknown>
  submit: string
  cancel: ReactNode
}

export interface ProgramFormProps extends FormProps {
  start: TypedProgram
}

/** A form of its own: nobody else changes what is under it. */
export function ProgramForm({ start, ...props }: ProgramFormProps) {
  const [typed, setTyped] = useState(start)
  const isSaving = useRef(false)
  const [begun] = useState(start)
  useUnsavedForm(typed !== begun)
  return <OpenProgramForm {...props} typed={typed} onChange={(values) => setTyped({ ...typed, ...values })} isSaving={isSaving} />
}

export interface OpenProgramFormProps extends FormProps {
  typed: TypedProgram
  onChange: (values: Partial<TypedProgram>) => void
  /** True from a save that is under way until it failed. */
  isSaving: MutableRefObject<boolean>
}

export function OpenProgramForm({ typed, onChange, isSaving, isNew, read, save, submit, cancel }: OpenProgramFormProps) {
  const { t } = useTranslation()
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const field = (name: keyof TypedProgram) => ({
    id: name,
    value: typed[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: of(name),
  })
  const send = () => {
    const reading = read(typed)
    setMistakes(reading.mistakes ?? undefined)
    if (reading.values === null || isSaving.current) return
    isSaving.current = true
    void save(reading).then((saved) => {
      isSaving.current = saved !== false
    })
  }
  const categories = PROGRAM_CATEGORIES.map((value) => ({ value, label: t(`programs.categories.${value}`) }))
  const optional = (label: string) => `${label} (${t('fields.optional')})`
  return (
    <form
      noValidate
      className="flex max-w-3xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary {...summary} />
      <Card className="flex flex-col gap-6">
        {isNew && (
          <TextField
            {...field('code')}
            label={t('programs.code')}
            hint={t('programs.codeHint')}
            autoComplete="off"
            autoFocus
            figures
            className="max-w-sm"
          />
        )}
        <LiveField part="name">
          <TextField {...field('name')} label={t('fields.name')} hint={t('programs.nameHint')} autoComplete="off" />
        </LiveField>
        <LiveField part="category" className="max-w-sm">
          <Select {...field('category')} label={t('programs.category')} choices={categories} />
        </LiveField>
        <LiveField part="description">
          <TextArea {...field('description')} label={optional(t('programs.description'))} />
        </LiveField>
        <LiveField part="plannedDays" className="max-w-sm">
          <TextField
            {...field('plannedDays')}
            label={optional(t('programs.plannedDays'))}
            hint={t('programs.plannedDaysHint')}
            inputMode="numeric"
            maxLength={5}
            figures
          />
        </LiveField>
      </Card>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" className="max-tablet:w-full">
          {submit}
        </Button>
        {cancel}
      </div>
    </form>
  )
}
