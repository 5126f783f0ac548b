import type { z } from 'zod'

/** What an issue carries as JSON; null when a newer server writes it in a form this app does not know. */
export function readDetail<T extends z.ZodType>(schema: T, text: string): z.infer<T> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
