import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { CollectionName, RecordOf } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import type {
  HistoryAnswer,
  JoinRequest,
  LookupAnswer,
  LookupRequest,
  PartRequest,
  RemovedAnswer,
  SeenAnswer,
  ShareRequest,
  UnshareRequest,
} from '#domain/sync/asking.ts'
import type { Change, RejectionReason } from '#domain/sync/change.ts'
import type { PresenceEvent } from '#domain/sync/protocol.ts'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import type { Lease } from './lease.ts'

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
  /**
   * The whole record the person was looking at, header included (its `seq` tells the server what they saw); null for a
   * create. A delete and a restore carry it whole, so that the tablet can bring it back.
   */
  seen: Record<string, Scalar> | null
}

export interface SyncState {
  /** The records on this device are in memory and can be searched. */
  loaded: boolean
  /** Whether this device holds everything of the account's facilities once. `arriving` is what is not whole yet. */
  firstSync: 'waiting' | FirstSync | 'done'
  connection: 'offline' | 'connecting' | 'online' | 'signed-out'
  /** Changes that are on this device only. */
  unsent: number
  sending: boolean
  /** UTC ms of the last successful pull; null when there was none. */
  lastReceivedAt: number | null
  /** UTC ms of the last answer to a push; null when there was none. */
  lastSentAt: number | null
  /** Why sending fails although the server is there; words are in the language files. */
  problem: 'storage' | 'server' | 'upgrade' | null
  /** This device's clock minus the server's, ms; null until a server has said its time. */
  clockOffset: number | null
  /** Records that a manifest check had to mend on this device, ever. */
  repairs: number
  /** The server was restored from a backup, and this tablet is sending it what it lacks. */
  restoring: boolean
  /** Erased clients of whom a change of this account was not kept; UTC ms. */
  erased: readonly { id: string; at: number }[]
  /** The device was revoked: what was unsent is with the server, and nothing is left here. */
  wiped: boolean
  /** When it is over, `records` and `record` answer what is unsent, and programs; the rest is closed until the server was there. */
  lease: Lease
}

export interface FirstSync {
  received: number
  /** null until the server has said it of every facility. */
  total: number | null
  msLeft: number | null
  arriving: readonly CollectionName[]
}

/** Of a device that has never met the server. */
export const NO_CONTACT: SyncState = {
  loaded: false,
  firstSync: 'waiting',
  connection: 'offline',
  unsent: 0,
  sending: false,
  lastReceivedAt: null,
  lastSentAt: null,
  problem: null,
  clockOffset: null,
  repairs: 0,
  restoring: false,
  erased: [],
  wiped: false,
  lease: { kind: 'good' },
}

/** A row of the outbox for the sync screen. */
export interface OutboxItem {
  n: number
  changeId: string
  collection: CollectionName
  recordId: string
  op: Change['op']
  /** UTC ms by this device's clock */
  at: number
  state: 'unsent' | 'sent' | 'rejected' | 'parked'
  reason: RejectionReason | string | null
  /** Old and new values, for the history of a record while offline. */
  fields: Change['fields']
}

/** `too-many`: within an hour. `unreachable`: the server cannot be asked now. */
export type LookedUp = LookupAnswer['found'] | 'too-many' | 'unreachable'

/** `refused`: one of the two was removed, or nobody knows it. */
export type Joining = 'done' | 'unreachable' | 'not-permitted' | 'refused'

/** Everything the field screens may do with data. One per signed-in account and tab. */
export interface Tablet {
  readonly account: SignedInAccount
  readonly deviceId: string
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
  /** The author has read which changes were not kept. */
  noteErasedRead(): Promise<void>
  /** From the server; null when it cannot be asked now. */
  history(collection: CollectionName, recordId: string, before: number | null): Promise<HistoryAnswer | null>
  /** Who was removed in the account's facilities, from the server, newest first; null when it cannot be asked now. */
  removed(before: number | null): Promise<RemovedAnswer | null>
  /** Two clients turn out to be one person: `from` is joined into `into`, by the server. */
  join(request: JoinRequest): Promise<Joining>
  /** They are two after all: who was joined into another stands for itself again. */
  part(request: PartRequest): Promise<Joining>
  /** A client of another facility, by an exact number or national id. */
  lookup(request: LookupRequest): Promise<LookedUp>
  /** A client of another facility is to be with one of the account's too; the record then arrives by itself. */
  share(request: ShareRequest): Promise<Joining>
  unshare(request: UnshareRequest): Promise<Joining>
  /** Writes down that a client was opened; the server hears of it when there is a connection. */
  noteView(clientId: string): void
  /** Who has seen or changed a client, from the server; null when it cannot be asked now. */
  seen(clientId: string, before: number | null): Promise<SeenAnswer | null>
  /** Says that this record is on the screen, and hears who else has it open. @returns the way to leave */
  watch(collection: CollectionName, recordId: string, onPeople: (people: PresenceEvent['people']) => void): Presence
  /** The unsent changes of this account, to be kept as a file. */
  exportUnsent(): UnsentFile
  close(): Promise<void>
}

export interface Presence {
  /** The field being typed in; null when none is. */
  typing(field: string | null): void
  leave(): void
}
