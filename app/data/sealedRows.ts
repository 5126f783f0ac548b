import type { SealedRow } from '#domain/sync/sealed.ts'
import { readAll } from './databases.ts'
import type { OutboxRow } from './schemas.ts'

/** What a locked tablet can read of its outbox: the headers, and the copies that only the server opens. */
export interface LockedOutbox {
  lastN: number
  /** Oldest first, up to the first that has no copy: what is behind that one waits for the unlock. */
  unsent: readonly SealedRow[]
}

export async function readLockedOutbox(collection: Parameters<typeof readAll<OutboxRow>>[0]): Promise<LockedOutbox> {
  const rows = (await readAll(collection)).sort((a, b) => (a.id < b.id ? -1 : 1))
  const unsent = rows.filter(({ state }) => state === 'pending')
  const end = unsent.findIndex(({ sealed }) => sealed === '')
  const sendable = end === -1 ? unsent : unsent.slice(0, end)
  return {
    lastN: Number(rows.at(-1)?.id ?? 0),
    unsent: sendable.map(({ id, changeId, sealed }) => ({ n: Number(id), changeId, box: sealed })),
  }
}
