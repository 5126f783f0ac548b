import { z } from 'zod'
import { ROLES } from '#domain/access/access.ts'

/** What the forms beside one account ask. */
const command = z.object({
  intent: z.enum(['facilities', 'roles', 'disable', 'enable', 'take-factor', 'reset-code']),
  id: z.string().min(1).max(64),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  facilities: z.array(z.string().min(1).max(40)).max(500),
})
export type AccountCommand = z.infer<typeof command>

/** @returns null for what none of our forms sends */
export function readAccountCommand(form: FormData): AccountCommand | null {
  const given = { intent: form.get('intent'), id: form.get('id'), roles: form.getAll('roles'), facilities: form.getAll('facilities') }
  return command.safeParse(given).data ?? null
}
