import { useTranslation } from 'react-i18next'
import { formatDay } from '#app/language/dates.ts'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { FieldProblem, labelLook } from '#app/ui/FieldFrame.tsx'
import type { ProgramChoice } from './programChoices.ts'

export interface ProgramChecksProps {
  choices: readonly ProgramChoice[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
  error: string | undefined
}

/** One who is enrolled already stands there as well, and says so: that answers "was it done?". */
export function ProgramChecks({ choices, chosen, onChange, error }: ProgramChecksProps) {
  const { t, i18n } = useTranslation()
  const firstFree = choices.find(({ kind }) => kind === 'free')?.program.id
  const hintOf = (choice: ProgramChoice) => {
    if (choice.kind === 'enrolled') return t('enrollments.alreadySince', { day: formatDay(choice.since, i18n.language) })
    return choice.again ? t('enrollments.again') : choice.program.id
  }
  return (
    <fieldset aria-describedby={error === undefined ? undefined : 'programs-error'} className="flex flex-col gap-1">
      <legend className={`${labelLook} mb-1`}>{t('enrollments.which')}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={choice.program.id}
          id={choice.program.id === firstFree ? 'programs' : undefined}
          hint={hintOf(choice)}
          isDisabled={choice.kind === 'enrolled'}
          isSelected={choice.kind === 'enrolled' || chosen.includes(choice.program.id)}
          onChange={(isSelected) => onChange(isSelected ? [...chosen, choice.program.id] : chosen.filter((id) => id !== choice.program.id))}
        >
          {choice.program.name}
        </Checkbox>
      ))}
      {error !== undefined && <FieldProblem id="programs-error">{error}</FieldProblem>}
    </fieldset>
  )
}
