import { z } from 'zod'
import { type PushResult, pushResult } from './change.ts'
import { PUSH_CHANGES } from './protocol.ts'

/**
 * Copies of unsent changes sealed to the server (domain/sealedBox.ts): a tablet that is locked, revoked or has lost its
 * key delivers them by its device credential (rules K1 to K4).
 */

/** A box of a change of `CHANGE_BYTES`, with its key and as base64. */
const LONGEST_BOX = 96 * 1024

export const sealedRow = z.strictObject({
  n: z.number().int().positive(),
  changeId: z.uuid(),
  box: z.string().min(1).max(LONGEST_BOX),
})
export type SealedRow = z.infer<typeof sealedRow>

/** Oldest first. */
export const sealedRequest = z.strictObject({ deviceId: z.string().min(8).max(64), rows: z.array(sealedRow).min(1).max(PUSH_CHANGES) })
export type SealedRequest = z.infer<typeof sealedRequest>

export const sealedAnswer = z.object({
  /** As for a push; fewer than asked when one of them could not be taken: the rest waits for an unlock. */
  results: z.array(pushResult),
  /** From a device that is to be wiped: these were set aside, whole. */
  received: z.number().int().nonnegative(),
})
export type SealedAnswer = { results: PushResult[]; received: number }

export function sealedContext(changeId: string): string {
  return `change|${changeId}`
}
