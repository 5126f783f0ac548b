import { z } from 'zod'
import { dropDraftText, keepDraftText, readDraftText } from '#app/data/drafts.ts'
import { typedClient } from './typedClient.ts'

/**
 * What was typed and not saved, kept through reloads, crashes and sessions that end, apart for each account
 * (its key: app/session/drafts.ts). An edit keeps the record its author was shown last too, so that a late save still
 * says what they saw, and what others changed under it.
 */
const draft = z.object({
  typed: typedClient,
  seen: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
  notes: z.record(z.string(), z.object({ kind: z.enum(['taken', 'other']), by: z.string().nullable() })).default({}),
})
export type Draft = z.infer<typeof draft>

export function readDraft(key: string): Draft | null {
  try {
    const read = draft.safeParse(JSON.parse(readDraftText(key) ?? 'null'))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

export function keepDraft(key: string, kept: Draft): void {
  keepDraftText(key, JSON.stringify(kept))
}

export function dropDraft(key: string): void {
  dropDraftText(key)
}
