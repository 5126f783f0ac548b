import { data } from '@remix-run/node'
import type { Mistakes, MistakeWord } from '#app/language/mistakes.ts'
import { refused } from '#app/session/refused.ts'
import type { Problem, ProblemCode } from '#domain/problem.ts'

/** What a form is told after a refusal. */
export interface RefusedEntry {
  mistakes: Mistakes
  /** Seconds until the next try is taken. */
  wait?: number
}

const STATUSES: Partial<Record<ProblemCode, number>> = { 'too-many': 429, stopped: 429, busy: 503, unavailable: 503 }

/**
 * The refusal of a service at the field it concerns. @param words what the field is told, where it is not the code's own
 * @param status of what is the person's own mistake. Throws what is no refusal.
 */
export function refusedEntry(error: unknown, field: string, words: Partial<Record<ProblemCode, MistakeWord>> = {}, status = 400) {
  const { code, retryAfterS } = refused(error)
  const waits = retryAfterS !== undefined
  const entry: RefusedEntry = waits ? { mistakes: {}, wait: retryAfterS } : { mistakes: { [field]: words[code] ?? code } }
  return { entry, init: { status: STATUSES[code] ?? status, headers: waits ? { 'Retry-After': String(retryAfterS) } : undefined } }
}

/** For a page that is only looked at. */
export function tooMany({ retryAfterS = 60 }: Problem) {
  return data(null, { status: 429, headers: { 'Retry-After': String(retryAfterS) } })
}
