import { z } from 'zod'
import { instant } from '../scalars.ts'
import { changeSchema, voidSchema } from './change.ts'

/**
 * Unsent changes of one account on one device as a file, for a tablet that cannot reach the server. An administrator
 * brings it in; changes that have arrived by themselves since count once (their changeId).
 */
export const unsentFile = z.strictObject({
  kind: z.literal('hims-unsent-changes'),
  version: z.literal(1),
  deviceId: z.string().min(8).max(64),
  account: z.string().min(1).max(64),
  savedAt: instant,
  changes: z.array(z.union([changeSchema, voidSchema])).max(100_000),
})
export type UnsentFile = z.infer<typeof unsentFile>
