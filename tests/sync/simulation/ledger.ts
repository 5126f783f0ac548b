import type { Edit } from '#app/data/tablet.ts'
import type { Change } from '#domain/sync/change.ts'
import type { Written } from './disk.ts'

/** One change as a tablet wrote it down, in the tester's own books. */
export interface Saved {
  changeId: string
  device: string
  change: Change
  /** The change that this one says again under another id. */
  insteadOf: string | null
  /** What the tester did to the disk that held it, so that it may be missing. */
  excuse: 'storage cleared' | 'rows lost' | 'unreadable' | 'not in the backup' | null
}

/** What was saved, by the tester's own watching of the disks; nothing of the code under test is asked. */
export class Ledger {
  readonly saved = new Map<string, Saved>()
  /** Edits whose save ended well, with no row on the disk. */
  readonly unsaid: string[] = []

  /** Listens to what a tablet writes to its disk. */
  watch(device: string) {
    return ({ collection, rows }: Written): void => {
      if (collection !== 'outbox') return
      for (const { before, after } of rows) {
        if (after._deleted || (before && before.changeId === after.changeId && before.body === after.body)) continue
        this.#take(device, after)
      }
    }
  }

  /** The screen has said "saved": it must be on the disk. */
  said(device: string, edit: Edit): void {
    const wanted = Object.entries(edit.values).filter(([field, to]) => (edit.seen?.[field] ?? null) !== to)
    if (edit.op === 'edit' && wanted.length === 0) return
    for (const { change, device: by } of this.saved.values()) {
      const same = by === device && change.recordId === edit.recordId && change.op === edit.op
      if (same && wanted.every(([field, to]) => change.fields[field]?.to === to)) return
    }
    this.unsaid.push(`${device}: ${edit.op} of ${edit.collection}/${edit.recordId}`)
  }

  /** These may be missing, if nobody else brings them. */
  excuse(changeIds: readonly string[], reason: NonNullable<Saved['excuse']>): void {
    for (const changeId of changeIds) {
      const saved = this.saved.get(changeId)
      if (saved) saved.excuse ??= reason
    }
  }

  #take(device: string, row: Record<string, unknown>): void {
    const known = this.saved.get(String(row.changeId))
    if (known) return
    const extra = row.extra ? JSON.parse(String(row.extra)) : {}
    const change = JSON.parse(String(row.body)) as Change
    this.saved.set(change.changeId, { changeId: change.changeId, device, change, insteadOf: extra.insteadOf ?? null, excuse: null })
  }
}
