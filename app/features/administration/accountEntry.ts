import { z } from 'zod'

/** What the forms beside one account ask. */
const command = z.object({
  intent: z.enum(['facilities', 'disable', 'enable']),
  id: z.string().min(1).max(64),
  facilities: z.array(z.string().min(1).max(40)).max(500),
})
export type AccountCommand = z.infer<typeof command>

/** @returns null for what none of our forms sends */
export function readAccountCommand(form: FormData): AccountCommand | null {
  const given = { intent: form.get('intent'), id: form.get('id'), facilities: form.getAll('facilities') }
  return command.safeParse(given).data ?? null
}
