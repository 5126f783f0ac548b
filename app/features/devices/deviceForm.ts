import { z } from 'zod'
import { isNestedDeeper } from '#domain/nesting.ts'
import { type UnsentFile, unsentFile } from '#domain/sync/unsentFile.ts'
import { upgradeChange } from '#domain/sync/upgrade.ts'

/** Enough of a device's id for people to tell two apart, and to type. */
export function shortId(deviceId: string): string {
  return deviceId.slice(0, 8)
}

/** The form with its file; null when its parts do not fit together. */
export async function readParts(request: Request): Promise<FormData | null> {
  try {
    return await request.formData()
  } catch {
    return null
  }
}

const revocation = z.object({ id: z.string().min(8).max(64), typed: z.string().trim() })

/** @returns null when what was typed is not the device's short id */
export function readRevocation(form: FormData): string | null {
  const read = revocation.safeParse({ id: form.get('id'), typed: form.get('typed') })
  return read.success && read.data.typed.toLowerCase() === shortId(read.data.id).toLowerCase() ? read.data.id : null
}

/** A file of unsent changes, whichever version of the app saved it; null for anything else. */
export async function readUnsentFile(form: FormData): Promise<UnsentFile | null> {
  const file = form.get('file')
  if (!(file instanceof Blob) || file.size === 0) return null
  try {
    const raw = JSON.parse(await file.text()) as { changes?: unknown }
    if (isNestedDeeper(raw) || !Array.isArray(raw.changes)) return null
    return unsentFile.safeParse({ ...raw, changes: raw.changes.map((change) => upgradeChange(change)) }).data ?? null
  } catch {
    return null
  }
}

/** Brought in with one transaction each, so that tablets' pushes pass between them. */
const SLICE = 200

export function slicesOf(file: UnsentFile): UnsentFile[] {
  const starts = Array.from({ length: Math.ceil(file.changes.length / SLICE) }, (_, index) => index * SLICE)
  return starts.map((start) => ({ ...file, changes: file.changes.slice(start, start + SLICE) }))
}
