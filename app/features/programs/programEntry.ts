import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { PROGRAM_CATEGORIES, type ProgramFields, programCode, programFields } from '#domain/programs/program.ts'

export interface TypedProgram {
  code: string
  name: string
  category: string
  description: string
  plannedDays: string
}

export const emptyProgram: TypedProgram = { code: '', name: '', category: 'other', description: '', plannedDays: '' }

export type ProgramReading = { code: string; values: ProgramFields; mistakes: null } | { values: null; mistakes: Mistakes }

const WORDS: Mistakes = { name: 'name-needed', description: 'text-long', plannedDays: 'planned-days' }

/** @param taken codes that a new program may not have; empty for an edit */
export function readProgram(typed: TypedProgram, { active, taken }: { active: boolean; taken: ReadonlySet<string> }): ProgramReading {
  const code = typed.code.trim().toUpperCase()
  const values = {
    name: typed.name.trim().replace(/\s+/g, ' '),
    description: typed.description.trim() === '' ? null : typed.description.trim(),
    category: PROGRAM_CATEGORIES.find((category) => category === typed.category) ?? 'other',
    plannedDays: readDays(typed.plannedDays.trim()),
    active,
  }
  const read = programFields.safeParse(values)
  const mistakes = { ...codeMistake(code, taken), ...(read.success ? {} : mistakesOf(read.error, WORDS)) }
  return read.success && Object.keys(mistakes).length === 0 ? { code, values: read.data, mistakes: null } : { values: null, mistakes }
}

function codeMistake(code: string, taken: ReadonlySet<string>): Mistakes {
  if (!programCode.safeParse(code).success) return { code: 'program-code' }
  return taken.has(code) ? { code: 'program-code-taken' } : {}
}

/** NaN is refused by the schema. */
function readDays(text: string): number | null {
  if (text === '') return null
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

export function typedFrom(id: string, program: ProgramFields): TypedProgram {
  const { name, category, description, plannedDays } = program
  return { code: id, name, category, description: description ?? '', plannedDays: plannedDays === null ? '' : String(plannedDays) }
}
