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
  country: z
    .string()
    .transform((country) => (country === '' ? null : country))
    .pipe(facilityFields.shape.country),
})

const WORDS: Mistakes = { name: 'facility-name-needed', code: 'code-long' }

export interface TypedFacility {
  /** The facility that is being changed; null for a new one. */
  id: string | null
  name: string
  code: string
  country: string
}

export function readFacility(form: FormData) {
  const given = { name: form.get('name') ?? '', code: form.get('code') ?? '', country: form.get('country') ?? '' }
  const id = form.get('id')
  const typed: TypedFacility = {
    id: id === null ? null : String(id),
    name: String(given.name),
    code: String(given.code),
    country: String(given.country),
  }
  const read = schema.safeParse(given)
  return read.success ? { values: read.data, mistakes: {}, typed } : { values: null, mistakes: mistakesOf(read.error, WORDS), typed }
}
