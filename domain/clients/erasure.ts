import { z } from 'zod'
import { isClientNumber } from './number.ts'

/** Why a client is erased: from a list, so that no word about the person is kept when they are gone. */
export const ERASURE_REASONS = ['asked-by-client', 'asked-by-guardian', 'no-consent', 'legal-duty'] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number]

/** `done`: the client is erased. `refused`: an administrator said no, and the client stays. */
export const ERASURE_STATES = ['open', 'done', 'refused'] as const
export type ErasureState = (typeof ERASURE_STATES)[number]

/** A doctor asks, an administrator decides. */
export const erasureWish = z.strictObject({
  clientId: z.string().refine(isClientNumber),
  reason: z.enum(ERASURE_REASONS),
})
export type ErasureWish = z.infer<typeof erasureWish>
