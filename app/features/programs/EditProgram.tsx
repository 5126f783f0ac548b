import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isTouched } from '#app/live/followRecord.ts'
import { LiveForm } from '#app/live/LiveForm.tsx'
import { PeopleHere } from '#app/live/PeopleHere.tsx'
import { useFollowing } from '#app/live/useFollowing.ts'
import { usePresence } from '#app/live/usePresence.ts'
import { useUnsavedForm } from '#app/session/unsavedForm.ts'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import type { RecordOf } from '#domain/collections.ts'
import { OpenProgramForm } from './ProgramForm.tsx'
import { readProgram, typedFrom } from './programEntry.ts'
import { programEntry, programParts } from './programParts.ts'
import { useProgramChanges } from './useProgramChanges.ts'

const NONE: ReadonlySet<string> = new Set()
const PARTS = new Map(programParts.map((part) => [part.name, part]))

/** The form follows the record, so that the server is told what its author saw. */
export function EditProgram({ program }: { program: RecordOf<'programs'> }) {
  const { t } = useTranslation()
  const { correct } = useProgramChanges()
  const presence = usePresence('programs', program.id)
  const isSaving = useRef(false)
  const { form, type, take } = useFollowing({
    start: () => ({ typed: typedFrom(program.id, program), seen: { ...program }, notes: {} }),
    current: program,
    entry: programEntry,
    isSaving,
  })
  useUnsavedForm(isTouched(form, programEntry))
  const seen = { ...program, ...form.seen }
  return (
    <LiveForm state={{ ...presence, parts: PARTS, notes: form.notes, seen, take }}>
      <PeopleHere people={presence.people} />
      <OpenProgramForm
        isNew={false}
        typed={form.typed}
        onChange={type}
        isSaving={isSaving}
        read={(typed) => readProgram(typed, { active: seen.active, taken: NONE })}
        save={({ values }) => correct(seen, values)}
        submit={t('fields.save')}
        cancel={
          <LinkButton to={`/programs/${program.id}`} kind="quiet">
            {t('fields.cancel')}
          </LinkButton>
        }
      />
    </LiveForm>
  )
}
