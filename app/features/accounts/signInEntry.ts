import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { emailAddress, PASSWORD_LENGTH } from '#domain/accounts/account.ts'

/** No rule about the password's length below: the rules of today may not be those it was made under. */
const schema = z.object({ email: emailAddress, password: z.string().min(1).max(PASSWORD_LENGTH.max) })
const WORDS: Mistakes = { email: 'email-needed', password: 'password-needed' }

export interface SignInEntry {
  credentials: z.infer<typeof schema> | null
  mistakes: Mistakes
  /** What was typed, for the form after a refusal. */
  email: string
}

export function readSignIn(form: FormData): SignInEntry {
  const given = Object.fromEntries(form)
  const read = schema.safeParse(given)
  const email = String(given.email ?? '')
  return read.success
    ? { credentials: read.data, mistakes: {}, email }
    : { credentials: null, mistakes: mistakesOf(read.error, WORDS), email }
}

/** Longer is none of our codes, nor a step. */
const LONGEST = 64

/** What the second step sends. */
export function readCodeEntry(form: FormData): { step: string; code: string } {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .trim()
      .slice(0, LONGEST)
  return { step: text('step'), code: text('code') }
}
