import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { facilityFields } from '#domain/facilities/facility.ts'

/** The facility's own schema behind what a form gives: text with space around it, and '' for none. */
const schema = z.object({
  name: z.string().trim().pipe(facilityFields.shape.name),
  code: z
    .string()
    .trim()
    .transform((code) => (code === '' ? null : code))
    .pipe(facilityFields.shape.code),
})

const WORDS: Mistakes = { name: 'facility-name-needed', code: 'code-long' }

export interface TypedFacility {
  /** The facility that is being changed; null for a new one. */
  id: string | null
  name: string
  code: string
}

export function readFacility(form: FormData) {
  const given = { name: form.get('name') ?? '', code: form.get('code') ?? '' }
  const id = form.get('id')
  const typed: TypedFacility = { id: id === null ? null : String(id), name: String(given.name), code: String(given.code) }
  const read = schema.safeParse(given)
  return read.success ? { values: read.data, mistakes: {}, typed } : { values: null, mistakes: mistakesOf(read.error, WORDS), typed }
}
