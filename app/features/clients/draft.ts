import { z } from 'zod'
import { draftsOf, dropDraftText, keepDraftText, readDraftText } from '#app/data/drafts.ts'
import { NEW_RECORD } from '#app/session/drafts.ts'
import { isClientNumber } from '#domain/clients/number.ts'
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
  return parsed(readDraftText(key))
}

function parsed(text: string | null): Draft | null {
  try {
    const read = draft.safeParse(JSON.parse(text ?? 'null'))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** What this account has typed and not saved, and where it goes on. */
export interface OpenDraft {
  subject: string
  /** As far as it is typed. */
  name: string
  address: string
}

export function begunDrafts(accountId: string): OpenDraft[] {
  return draftsOf(accountId).flatMap(({ subject, text }) => {
    const typed = parsed(text)?.typed
    if (typed === undefined) return []
    const name = [typed.givenName, typed.middleName, typed.familyName].filter((part) => part.trim() !== '').join(' ')
    return [{ subject, name, address: addressOf(subject) }]
  })
}

/** The subject is a new client, a client, or the question that a refused one asks. */
function addressOf(subject: string): string {
  if (subject === NEW_RECORD) return '/clients/new'
  return isClientNumber(subject) ? `/clients/${subject}/edit` : `/review/${encodeURIComponent(subject)}`
}

export function keepDraft(key: string, kept: Draft): void {
  keepDraftText(key, JSON.stringify(kept))
}

export function dropDraft(key: string): void {
  dropDraftText(key)
}
