import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { CollectionName, RecordOf } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type { Change, RejectionReason } from '#domain/sync/change.ts'

/** A record as this tablet knows it: the mirror with one's own pending changes on top. */
export interface LocalRecord<C extends CollectionName> {
  record: RecordOf<C>
  /** `unsent`: some of it is saved on this device only, until the server has answered. */
  state: 'sent' | 'unsent'
}

/** What a screen asks to be written down. */
export interface Edit {
  collection: CollectionName
  recordId: string
  op: Change['op']
  /** New values by field; those equal to `seen` are left out of the change. */
  values: Record<string, Scalar>
  /** The whole record the person was looking at, header included (its `seq` tells the server what they saw); null for a create. */
  seen: Record<string, Scalar> | null
}

export interface SyncState {
  /** The records on this device are in memory and can be searched. */
  loaded: boolean
  /** Whether this device has ever received everything once. */
  firstSync: 'waiting' | { received: number } | 'done'
  connection: 'offline' | 'connecting' | 'online' | 'signed-out'
  /** Changes that are on this device only. */
  unsent: number
  sending: boolean
  /** UTC ms of the last successful pull; null when there was none. */
  lastReceivedAt: number | null
  /** Why sending fails although the server is there; words are in the language files. */
  problem: 'storage' | 'server' | 'upgrade' | null
}

/** A row of the outbox for the sync screen. */
export interface OutboxItem {
  n: number
  collection: CollectionName
  recordId: string
  op: Change['op']
  /** UTC ms by this device's clock */
  at: number
  state: 'unsent' | 'sent' | 'rejected' | 'parked'
  reason: RejectionReason | string | null
}

/** Everything the field screens may do with data. One per signed-in account and tab. */
export interface Tablet {
  readonly account: SignedInAccount
  /** All records of a collection that are not deleted, in no particular order; the same array until something changes. */
  records<C extends CollectionName>(collection: C): readonly LocalRecord<C>[]
  record<C extends CollectionName>(collection: C, id: string): LocalRecord<C> | undefined
  /** Newest first. */
  outbox(): readonly OutboxItem[]
  sync(): SyncState
  /** Called after anything above has changed. Returns the way to stop. */
  subscribe(listener: () => void): () => void
  /** Resolves when the change is durably on this device. Rejects with words when it could not be written. */
  save(edit: Edit): Promise<void>
  close(): Promise<void>
}
