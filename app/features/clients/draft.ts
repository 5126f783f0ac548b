import { z } from 'zod'
import { typedClient } from './typedClient.ts'

/**
 * What was typed and not saved, kept through reloads, crashes and sessions that end, apart for each account.
 * An edit keeps the record it started from too, so that a late save still says what its author saw.
 */
const draft = z.object({
  typed: typedClient,
  seen: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable(),
})
export type Draft = z.infer<typeof draft>

/** @param subject the client's id, or 'new' */
export function draftKey(accountId: string, subject: string): string {
  return `hims.draft.${accountId}.${subject}`
}

export function readDraft(key: string): Draft | null {
  try {
    const read = draft.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** A full or refused storage costs the draft only; the form goes on. */
export function keepDraft(key: string, kept: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    return
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(key)
}
