import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { emailAddress } from '#domain/accounts/account.ts'
import { line } from '#domain/scalars.ts'

/** What the pages behind a link ask. The e-mail is asked only by the set-up; an invitation carries its own. */
const schema = z.object({
  name: z.string().trim().pipe(line(120)),
  email: emailAddress.optional(),
  password: z.string().min(1),
  alsoDoctor: z.literal('yes').optional(),
})

export type EntryAnswers = z.infer<typeof schema>

const WORDS: Mistakes = { name: 'name-needed', email: 'email-needed', password: 'password-needed' }

/** What goes back into the form after a refusal; the password never does. */
export interface Typed {
  name: string
  email: string
  alsoDoctor: boolean
}

export function readEntry(form: FormData): { answers: EntryAnswers; typed: Typed } | { mistakes: Mistakes; typed: Typed } {
  const given = Object.fromEntries(form)
  const typed = { name: String(given.name ?? ''), email: String(given.email ?? ''), alsoDoctor: given.alsoDoctor === 'yes' }
  const read = schema.safeParse(given)
  return read.success ? { answers: read.data, typed } : { mistakes: mistakesOf(read.error, WORDS), typed }
}
