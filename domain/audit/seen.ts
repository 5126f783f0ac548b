import { z } from 'zod'
import { instant } from '../scalars.ts'
import type { AUDIT_ACTIONS } from './event.ts'

/** A client's page that somebody opened on a tablet. `id` is random: it says nothing of the client. */
export const view = z.strictObject({
  id: z.uuid(),
  clientId: z.string().min(1).max(80),
  /** UTC ms by the device's clock */
  at: instant,
})
export type View = z.infer<typeof view>

/** What shows that somebody saw or changed a client. */
export const SEEN_ACTIONS = [
  'client.viewed',
  'client.history-read',
  'partner.client-read',
  'record.changed',
  'client.looked-up',
  'client.shared',
  'client.unshared',
] as const satisfies readonly (typeof AUDIT_ACTIONS)[number][]

/** One event of the audit log about a client, or about an enrollment of theirs. */
export const seenRow = z.object({
  seq: z.number().int(),
  /** UTC ms by the server's clock */
  at: z.number().int(),
  /** UTC ms by the device's clock, of what was seen without a connection. */
  deviceTime: z.number().int().nullable(),
  action: z.enum(SEEN_ACTIONS),
  actorId: z.string().nullable(),
  applicationId: z.string().nullable(),
  deviceId: z.string().nullable(),
})
export type SeenRow = z.infer<typeof seenRow>
