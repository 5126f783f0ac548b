import { useTranslation } from 'react-i18next'
import { useRecords } from '#app/session/useTablet.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { ProgramForm } from './ProgramForm.tsx'
import { emptyProgram, readProgram } from './programEntry.ts'
import { useProgramChanges } from './useProgramChanges.ts'

export function NewProgram() {
  const { t } = useTranslation()
  const programs = useRecords('programs')
  const { create } = useProgramChanges()
  const taken = new Set(programs.map(({ record }) => record.id))
  return (
    <ProgramForm
      isNew
      start={emptyProgram}
      read={(typed) => readProgram(typed, { active: true, taken })}
      save={({ code, values }) => create(code, values)}
      submit={t('programs.create')}
      cancel={
        <LinkButton to="/programs" kind="quiet">
          {t('fields.cancel')}
        </LinkButton>
      }
    />
  )
}
