import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { collections, type RecordOf } from '#domain/collections.ts'
import type { ProgramFields } from '#domain/programs/program.ts'
import type { Fields } from '#domain/scalars.ts'
import { ProgramForm } from './ProgramForm.tsx'
import { readProgram, typedFrom } from './programEntry.ts'

export interface FixProgramProps {
  code: string
  /** The values that were refused. */
  refused: Fields
  /** The program as this tablet knows it; null when it was never taken. */
  current: RecordOf<'programs'> | null
  send: (values: ProgramFields, seen: Fields | null) => Promise<boolean>
  cancel: ReactNode
}

const NONE: ReadonlySet<string> = new Set()

/** The form with what the server refused in it; the code stays, so it can be no other program. */
export function FixProgram({ code, refused, current, send, cancel }: FixProgramProps) {
  const { t } = useTranslation()
  // As it was when the form was opened: what another person changes since was not seen, and must not be replaced in silence.
  const [seen] = useState(() => (current === null ? null : { ...current }))
  const known = {
    name: '',
    category: 'other',
    active: true,
    ...collections.programs.absent,
    ...seen,
    ...refused,
  } as unknown as ProgramFields
  return (
    <ProgramForm
      isNew={false}
      start={typedFrom(code, known)}
      read={(typed) => readProgram(typed, { active: known.active, taken: NONE })}
      save={({ values }) => send(values, seen)}
      submit={t('review.fix')}
      cancel={cancel}
    />
  )
}
