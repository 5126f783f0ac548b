import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { ROLES } from '#domain/access/access.ts'
import { emailAddress } from '#domain/accounts/account.ts'
import type { ProblemCode } from '#domain/problem.ts'

const schema = z.object({
  email: emailAddress,
  roles: z.array(z.enum(ROLES)).min(1),
  facilities: z.array(z.string().min(1).max(64)),
})

const WORDS: Mistakes = { email: 'email-needed', roles: 'role-needed', facilities: 'facility-needed' }

export interface TypedInvitation {
  email: string
  roles: string[]
  facilities: string[]
}

export function readInvitation(form: FormData) {
  const given = { email: form.get('email'), roles: form.getAll('roles'), facilities: form.getAll('facilities') }
  const typed: TypedInvitation = {
    email: String(given.email ?? ''),
    roles: given.roles.map(String),
    facilities: given.facilities.map(String),
  }
  const read = schema.safeParse(given)
  return read.success ? { wish: read.data, mistakes: {}, typed } : { wish: null, mistakes: mistakesOf(read.error, WORDS), typed }
}

/** Which field a refusal of the service belongs to. */
export function invitationMistake(code: ProblemCode): Mistakes {
  if (code === 'already-used') return { email: 'email-taken' }
  if (code === 'not-permitted') return { roles: 'role-refused' }
  return code === 'invalid' ? { facilities: 'facility-needed' } : { email: code }
}
