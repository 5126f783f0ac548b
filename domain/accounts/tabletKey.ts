import { z } from 'zod'

/**
 * The key of one account's data on one tablet, kept by the server for the day when the password was forgotten. It travels
 * up in a box sealed to the server (domain/sealedBox.ts), and down only to somebody who has just signed in.
 */

/** Bytes of the key itself: AES-256. */
export const TABLET_KEY_BYTES = 32
/** A session older than this may belong to whoever found the tablet. */
export const FRESH_SIGN_IN_MS = 10 * 60_000

const keyId = z.uuid()

/** POST /api/tablet-key */
export const tabletKeyRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('keep'), keyId, deviceId: z.string().min(8).max(64), box: z.string().min(1).max(1_000) }),
  z.strictObject({ ask: z.literal('give'), keyId }),
])
export type TabletKeyRequest = z.infer<typeof tabletKeyRequest>

/** Answer of `give`: base64url. */
export const tabletKeyAnswer = z.object({ key: z.string() })

export function tabletKeyContext(accountId: string, id: string): string {
  return `tablet-key|${accountId}|${id}`
}
