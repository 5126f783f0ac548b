import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mistakes, useMistakes } from '#app/language/mistakes.ts'
import { Button } from '#app/ui/Button.tsx'
import { Card } from '#app/ui/Card.tsx'
import { ErrorSummary } from '#app/ui/ErrorSummary.tsx'
import { Select } from '#app/ui/Select.tsx'
import { TextArea, TextField } from '#app/ui/TextField.tsx'
import { PROGRAM_CATEGORIES } from '#domain/programs/program.ts'
import type { ProgramReading, TypedProgram } from './programEntry.ts'

export interface ProgramFormProps {
  start: TypedProgram
  /** The code is fixed once made. */
  isNew: boolean
  read: (typed: TypedProgram) => ProgramReading
  save: (reading: Extract<ProgramReading, { mistakes: null }>) => Promise<void>
  submit: string
  cancel: ReactNode
}

export function ProgramForm({ start, isNew, read, save, submit, cancel }: ProgramFormProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(start)
  const [mistakes, setMistakes] = useState<Mistakes>()
  const { summary, of } = useMistakes(mistakes)
  const field = (name: keyof TypedProgram) => ({
    id: name,
    value: typed[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
    error: of(name),
  })
  const send = () => {
    const reading = read(typed)
    setMistakes(reading.mistakes ?? undefined)
    if (reading.values !== null) void save(reading)
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
        <TextField {...field('name')} label={t('fields.name')} hint={t('programs.nameHint')} autoComplete="off" />
        <Select {...field('category')} label={t('programs.category')} choices={categories} className="max-w-sm" />
        <TextArea {...field('description')} label={optional(t('programs.description'))} />
        <TextField
          {...field('plannedDays')}
          label={optional(t('programs.plannedDays'))}
          hint={t('programs.plannedDaysHint')}
          inputMode="numeric"
          maxLength={5}
          figures
          className="max-w-sm"
        />
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
