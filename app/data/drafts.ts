import { type Cipher, isEncrypted } from './cipher.ts'

/**
 * What was typed and not saved, on the disk encrypted like the records. Opened with the tablet, so that a form finds its
 * draft at once; written behind the typing, the newest text of each.
 */
const DRAFTS = 'hims.draft'

let cipher: Cipher | null = null
const texts = new Map<string, string>()
const unwritten = new Set<string>()
let writing: Promise<void> | null = null

/** One that cannot be read is of another key, and was lost with it. */
export async function openDrafts(accountId: string, by: Cipher): Promise<void> {
  cipher = by
  texts.clear()
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${DRAFTS}.${accountId}.`))
  for (const key of keys) {
    const text = localStorage.getItem(key)
    const [opened = null] = isEncrypted(text) ? await by.decrypt([{ text, to: key }]).catch(() => []) : []
    if (opened !== null) texts.set(key, opened)
  }
}

export function readDraftText(key: string): string | null {
  return texts.get(key) ?? null
}

/** A full or refused storage costs the draft only; the form goes on. */
export function keepDraftText(key: string, text: string): void {
  texts.set(key, text)
  unwritten.add(key)
  writing ??= writeAll().finally(() => {
    writing = null
  })
}

export function dropDraftText(key: string): void {
  texts.delete(key)
  unwritten.delete(key)
  localStorage.removeItem(key)
}

/** Drafts of a record that has left this tablet. Another account may still have it. */
export function dropDraftsOf(accountId: string, recordId: string): void {
  for (const key of Object.keys(localStorage)) if (isDraftOf(accountId, key) && key.includes(recordId)) dropDraftText(key)
}

/** Of whom or what something was typed and not saved, by this account. */
export function draftSubjects(accountId: string): string[] {
  const start = startOf(accountId)
  return Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []))
}

/** The same as `draftSubjects`, with what was typed: those that could be opened, also ones that are not on the disk yet. */
export function draftsOf(accountId: string): { subject: string; text: string }[] {
  const start = startOf(accountId)
  return [...texts].flatMap(([key, text]) => (key.startsWith(start) ? [{ subject: key.slice(start.length), text }] : []))
}

/** A draft's key: app/session/drafts.ts. */
export function isDraftOf(accountId: string, key: string): boolean {
  return key.startsWith(startOf(accountId))
}

function startOf(accountId: string): string {
  return `${DRAFTS}.${accountId}.`
}

export function dropDraftsOfAccount(accountId: string): void {
  for (const key of Object.keys(localStorage)) if (isDraftOf(accountId, key)) dropDraftText(key)
}

/** Resolves when what was typed last is written. */
export async function writtenDrafts(): Promise<void> {
  await writing
}

async function writeAll(): Promise<void> {
  for (const key of unwritten) {
    unwritten.delete(key)
    const text = texts.get(key)
    if (text === undefined || cipher === null) continue
    const [sealed = ''] = await cipher.encrypt([{ text, to: key }])
    // Saved or given up meanwhile.
    if (!texts.has(key)) continue
    try {
      localStorage.setItem(key, sealed)
    } catch {
      return
    }
  }
}
