import type { Asked, StorageFacts } from './storage.ts'

/** What this browser says of its storage. A browser without the interface says nothing, and nothing is asked of it. */

const KEY = 'hims.storage'

export function isInstalled(): boolean {
  // Safari on iOS has a word of its own for it.
  return matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
}

/** null where the browser does not tell. */
export async function storageFacts(): Promise<StorageFacts | null> {
  try {
    const [{ usage = 0, quota = null }, isKept] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
    return { usedBytes: usage, quotaBytes: quota, isKept }
  } catch {
    return null
  }
}

/** Some browsers ask the person now. The answer is remembered, so that nobody is asked at each save. */
export async function askToKeep(): Promise<void> {
  const isKept = await navigator.storage.persist().catch(() => false)
  try {
    localStorage.setItem(KEY, JSON.stringify({ isKept, isInstalled: isInstalled() } satisfies Asked))
  } catch {
    return
  }
}

export function askedBefore(): Asked | null {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Asked> | null
    return read === null ? null : { isKept: read.isKept === true, isInstalled: read.isInstalled === true }
  } catch {
    return null
  }
}
