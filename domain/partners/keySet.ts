import { z } from 'zod'

/** What SMART Backend Services and FAPI sign with; all that our verifier takes. */
export const ASSERTION_ALGORITHMS = ['ES256', 'ES384', 'RS384', 'PS256', 'PS384', 'EdDSA'] as const

/** Parts of a key that only its owner may have (RFC 7518 section 6). */
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const publicKey = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']), kid: z.string().min(1).max(200), alg: z.enum(ASSERTION_ALGORITHMS).optional() })
  .refine((key) => PRIVATE_PARTS.every((part) => !Object.hasOwn(key, part)))

/** RFC 7517 section 5 */
export const keySet = z.object({ keys: z.array(publicKey).min(1).max(10) })
export type KeySet = z.infer<typeof keySet>

/** The text of a JSON Web Key Set: public keys with ids, and no private part of any. */
export const publicKeySet = z
  .string()
  .max(20_000)
  .refine((text) => readKeySet(text) !== null)

/** @returns null for what is none */
export function readKeySet(text: string): KeySet | null {
  try {
    return keySet.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
