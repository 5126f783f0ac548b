import type { Entry, Part } from '#app/live/followRecord.ts'
import type { ProgramFields } from '#domain/programs/program.ts'
import { type TypedProgram, typedFrom } from './programEntry.ts'

const FIELDS = ['name', 'category', 'description', 'plannedDays'] as const

/** The code is fixed and "active" has buttons of its own. */
export const programParts: readonly Part<TypedProgram>[] = FIELDS.map((name) => ({ name, typed: [name], fields: [name] }))

export const programEntry: Entry<TypedProgram> = {
  parts: programParts,
  typedFrom: (record) => typedFrom(String(record.id), record as ProgramFields & typeof record),
}
