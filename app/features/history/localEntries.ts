import type { OutboxItem } from '#app/data/tablet.ts'
import type { CollectionName, RecordHeader } from '#domain/collections.ts'
import { type HistoryEntry, isWorthALine, whenOf } from './entries.ts'

export interface KnownHere {
  collection: CollectionName
  recordId: string
  outbox: readonly OutboxItem[]
  /** Its header, as the tablet shows it; undefined when the tablet does not hold it. */
  record: Pick<RecordHeader, 'seq' | 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy'> | undefined
  accountId: string
  deviceId: string
}

/** What the tablet knows of a record's history by itself: its own changes, and who made and changed the record last. */
export function localEntries(known: KnownHere): HistoryEntry[] {
  const own = known.outbox.filter((item) => isOf(known, item)).map((item) => ownEntry(known, item))
  return [...own, ...headerEntries(known, own)].sort((a, b) => whenOf(b) - whenOf(a))
}

/** A client's history is also that of its enrollments. */
function isOf({ collection, recordId }: KnownHere, item: OutboxItem): boolean {
  if (item.collection === collection && item.recordId === recordId) return true
  return collection === 'clients' && item.collection === 'enrollments' && item.recordId.startsWith(`${recordId}.`)
}

function ownEntry({ accountId, deviceId }: KnownHere, { changeId, collection, recordId, op, at, state, fields }: OutboxItem): HistoryEntry {
  const lines = Object.entries(fields).map(([field, { from, to }]) => ({ field, from, to, outcome: 'taken' as const }))
  return {
    key: `${changeId} ${recordId}`,
    changeId,
    collection,
    recordId,
    op,
    who: { id: accountId, name: null },
    writtenAt: at,
    arrivedAt: null,
    deviceId,
    state,
    fields: op === 'restore' || op === 'delete' ? [] : lines.filter((line) => isWorthALine(op, line)),
  }
}

/** Left out where an own change says the same and more. */
function headerEntries({ collection, recordId, record }: KnownHere, own: readonly HistoryEntry[]): HistoryEntry[] {
  if (record === undefined) return []
  const ofRecord = own.filter((entry) => entry.recordId === recordId)
  const entry = (op: string, id: string, at: number): HistoryEntry => {
    const base = { key: op, changeId: null, collection, recordId, op, who: { id, name: null } }
    return { ...base, writtenAt: null, arrivedAt: at, deviceId: null, state: null, fields: [] }
  }
  const isMadeHere = ofRecord.some(({ op, state }) => op === 'create' && state !== 'rejected')
  const isChangedHere = record.updatedAt === record.createdAt || ofRecord.some(({ writtenAt }) => writtenAt === record.updatedAt)
  return [
    ...(isMadeHere ? [] : [entry('created', record.createdBy, record.createdAt)]),
    ...(isChangedHere ? [] : [entry('updated', record.updatedBy, record.updatedAt)]),
  ]
}
