import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { ProgramForm } from './ProgramForm.tsx'
import { readProgram, typedFrom } from './programEntry.ts'
import { useProgramChanges } from './useProgramChanges.ts'

const NONE: ReadonlySet<string> = new Set()

/** The record as it was when the form was opened, so that the server sees what its author saw. */
export function EditProgram({ program }: { program: RecordOf<'programs'> }) {
  const { t } = useTranslation()
  const [seen] = useState(program)
  const { correct } = useProgramChanges()
  return (
    <ProgramForm
      isNew={false}
      start={typedFrom(seen.id, seen)}
      read={(typed) => readProgram(typed, { active: seen.active, taken: NONE })}
      save={({ values }) => correct(seen, values)}
      submit={t('fields.save')}
      cancel={
        <LinkButton to={`/programs/${seen.id}`} kind="quiet">
          {t('fields.cancel')}
        </LinkButton>
      }
    />
  )
}
