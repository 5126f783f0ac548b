import { z } from 'zod'
import { type Mistakes, mistakesOf } from '#app/language/mistakes.ts'
import { SCOPES } from '#domain/partners/api.ts'
import { type NewApplication, newApplication } from '#domain/partners/application.ts'

const WORDS: Mistakes = { name: 'name-needed', programs: 'required' }

/** What goes back into the form after a refusal. */
export interface Typed {
  name: string
  access: string
  programs: string[]
}

export function readNewApplication(form: FormData): { application: NewApplication } | { mistakes: Mistakes; typed: Typed } {
  const typed = {
    name: String(form.get('name') ?? ''),
    access: String(form.get('access') ?? 'all'),
    programs: form.getAll('program').map(String),
  }
  const programs = typed.access === 'all' ? 'all' : typed.programs
  const read = newApplication.safeParse({ name: typed.name.trim(), scopes: [...SCOPES], programs })
  return read.success ? { application: read.data } : { mistakes: mistakesOf(read.error, WORDS), typed }
}

/** What the buttons beside one application ask. */
const command = z.object({
  intent: z.enum(['disable', 'enable', 'add-secret', 'revoke-secret']),
  id: z.string().min(1).max(200),
  secretId: z.string().max(200).default(''),
})
export type ApplicationCommand = z.infer<typeof command>

/** @returns null for what none of our buttons sends */
export function readCommand(form: FormData): ApplicationCommand | null {
  return command.safeParse(Object.fromEntries(form)).data ?? null
}
