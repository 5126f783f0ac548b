import { z } from 'zod'
import { ROLES } from '../access/access.ts'
import { line } from '../scalars.ts'

/** `minWithSecondFactor`: a stolen password alone opens nothing then. */
export const PASSWORD_LENGTH = { min: 15, minWithSecondFactor: 8, max: 128 }

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z
      .string()
      .max(254)
      .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$|^[^\s@]+@localhost$/),
  )

export const password = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max)

/** Who is signed in, as screens know it. */
export const signedInAccount = z.object({
  id: z.string(),
  name: line(120),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  facilities: z.array(z.string()),
})
export type SignedInAccount = z.infer<typeof signedInAccount>

/** The answer of GET /api/session. */
export const sessionAnswer = z.object({
  deploymentId: z.string(),
  timeZone: z.string(),
  /** What this tablet seals to the server; null from a server of before. */
  sealingKey: z.object({ kid: z.string(), raw: z.string() }).nullable().default(null),
  account: signedInAccount.nullable(),
})
export type SessionAnswer = z.infer<typeof sessionAnswer>
