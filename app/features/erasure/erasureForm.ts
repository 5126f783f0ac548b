import { z } from 'zod'
import { type ErasureWish, erasureWish } from '#domain/clients/erasure.ts'
import { readClientNumber } from '#domain/clients/number.ts'

export type ErasureCommand =
  | { kind: 'erase'; wish: ErasureWish }
  | { kind: 'refuse'; id: string; clientId: string }
  | { kind: 'mistyped'; clientId: string }
  | { kind: 'unreadable' }

const refusal = z.object({ id: z.uuid(), clientId: z.string().max(13) })

/** What an administrator posts. An erasure counts only with the client's number typed once more. */
export function readErasure(form: FormData): ErasureCommand {
  const given = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))
  if (given.intent === 'refuse') {
    const read = refusal.safeParse(given)
    return read.success ? { kind: 'refuse', ...read.data } : { kind: 'unreadable' }
  }
  const read = erasureWish.safeParse({ clientId: given.clientId, reason: given.reason })
  if (!read.success) return { kind: 'unreadable' }
  const { clientId } = read.data
  return readClientNumber(String(given.typed ?? '')) === clientId ? { kind: 'erase', wish: read.data } : { kind: 'mistyped', clientId }
}
