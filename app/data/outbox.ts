import type { RxCollection } from 'rxdb/plugins/core'
import type { CollectionName } from '#domain/collections.ts'
import { CHANGE_BYTES, type Change, changeSchema, type PushResult } from '#domain/sync/change.ts'
import { HOWEVER_YOUNG, readAll } from './databases.ts'
import { isSame, isUnsent, readChange, readExtra, reasonOf, revision, rowId, stateOf, withAnswer } from './outboxRow.ts'
import { ChangeTooLong, StorageFailure, stored } from './problems.ts'
import type { OutboxExtra, OutboxRow, OutboxState } from './schemas.ts'

/** A row with its change parsed; `change` is null when the text cannot be read. */
export interface OutboxEntry {
  row: OutboxRow
  n: number
  change: Change | null
  extra: OutboxExtra
}

/** A change before it has a number, and what the row says besides. */
export type NewChange = Omit<Change, 'n' | 'resent'>

/** Closes a change to the server, which alone can open it: what a row says is delivered also without this tablet's key (rule K4). */
export type Seal = (changeId: string, body: string) => Promise<string>
const UNSEALED: Seal = async () => ''

/** Changes that are shown on top of the mirror. */
const IN_OVERLAY: readonly OutboxState[] = ['pending', 'acknowledged', 'parked']
const WRITE = 'hims-outbox'
const TRIES = 20
/** What is said besides when it is sent again after a restore (`resent`) has to fit too. */
const LONGEST_BYTES = CHANGE_BYTES - 512

/** The changes of this device, in the order they were made. All tabs see the same rows. */
export class Outbox {
  readonly #entries = new Map<string, OutboxEntry>()
  /** Rows that are gone; another tab's words about them may come after its word that they are. */
  readonly #gone = new Set<string>()
  /** Rows that were gone and lie on the disk again. */
  readonly #back = new Set<string>()
  readonly #ofRecord = new Map<string, Set<string>>()
  readonly #ofState = new Map<OutboxState, Set<string>>()
  readonly #listeners = new Set<(entry: OutboxEntry) => void>()
  /** The number of the newest change there ever was; its row is never forgotten. */
  lastN = 0

  private constructor(
    readonly collection: RxCollection<OutboxRow>,
    readonly seal: Seal,
  ) {}

  static async open(collection: RxCollection<OutboxRow>, seal: Seal = UNSEALED): Promise<Outbox> {
    const outbox = new Outbox(collection, seal)
    collection.eventBulks$.subscribe((bulk) => {
      for (const { documentData } of bulk.events) {
        if (documentData._deleted) void outbox.#takeEnd(documentData)
        else outbox.#put(documentData)
      }
    })
    await outbox.readAgain()
    return outbox
  }

  /** Oldest first. */
  entries(): OutboxEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.n - b.n)
  }

  inState(state: OutboxState): OutboxEntry[] {
    return this.#some(this.#ofState.get(state))
  }

  pending(): OutboxEntry[] {
    return this.inState('pending')
  }

  get unsent(): number {
    return this.#ofState.get('pending')?.size ?? 0
  }

  ofRecord(collection: CollectionName, recordId: string): OutboxEntry[] {
    return this.#some(this.#ofRecord.get(`${collection}/${recordId}`))
  }

  /** What of a record is on top of the mirror, oldest first. */
  overlayOf(collection: CollectionName, recordId: string): Change[] {
    return this.ofRecord(collection, recordId).flatMap(({ row, change }) => (change && IN_OVERLAY.includes(row.state) ? [change] : []))
  }

  /** @returns the way to stop */
  onChange(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Writes a change durably. Taking the next number *is* the insert, so two tabs can never take the same one:
   * the slower one tries again with the number after. Throws `ChangeTooLong`, and `StorageFailure`.
   */
  async add(change: NewChange, extra: OutboxExtra = {}): Promise<void> {
    for (let n = this.lastN + 1; ; n += 1) {
      const body = JSON.stringify(changeSchema.parse({ ...change, n }))
      const size = new TextEncoder().encode(body).length
      if (size > LONGEST_BYTES) throw new ChangeTooLong(size)
      const row: OutboxRow = {
        id: rowId(n),
        changeId: change.changeId,
        state: 'pending',
        seq: 0,
        epoch: '',
        reason: '',
        size,
        body,
        sealed: await this.seal(change.changeId, body),
        extra: Object.keys(extra).length === 0 ? '' : JSON.stringify(extra),
      }
      const { error, success } = await stored(this.collection.bulkInsert([row]))
      if (success.length === 1) return this.#put(row)
      if (error[0]?.status !== 409) throw new StorageFailure(error[0])
    }
  }

  /** Rows that were saved before the server's key was known here (rule K4). */
  async sealRest(): Promise<void> {
    const open = this.entries().filter(({ row }) => isUnsent(row) && row.sealed === '')
    const boxes = new Map<string, string>()
    for (const { row } of open) boxes.set(row.id, await this.seal(row.changeId, row.body))
    await this.change(open, (row) => (isUnsent(row) && row.sealed === '' ? { sealed: boxes.get(row.id) ?? '' } : null))
  }

  /** What another tab wrote and could not tell. */
  async readAgain(): Promise<void> {
    for (const row of await stored(readAll(this.collection))) this.#put(row)
  }

  /** The server's answers; one that comes again, after the row has gone on, changes nothing. */
  async answer(results: readonly PushResult[], epoch: string): Promise<void> {
    const byChange = new Map(results.map((result) => [result.changeId, result]))
    await this.change([...this.pending(), ...this.inState('parked')], (row) => {
      const result = byChange.get(row.changeId)
      if (result === undefined) return null
      return { state: stateOf(result), seq: result.seq, epoch, reason: reasonOf(result), extra: withAnswer(row, result) }
    })
  }

  /** Changes rows together, in one write; `values` is asked again when another tab was quicker, and leaves a row by null. */
  async change(entries: readonly OutboxEntry[], values: (row: OutboxRow) => Partial<OutboxRow> | null): Promise<void> {
    let ids = entries.map(({ row }) => row.id)
    for (let tries = 0; ids.length > 0; tries += 1) {
      if (tries === TRIES) throw new StorageFailure('rows of the outbox could not be written')
      const here = await this.#read(ids)
      this.#goOnWithout(ids, here, values)
      const rows = here.flatMap((previous) => {
        const next = values(previous)
        return next === null ? [] : [{ previous, document: { ...previous, ...next } }]
      })
      if (rows.length === 0) return
      const { error } = await stored(this.collection.storageInstance.bulkWrite(rows, WRITE))
      if (error.some(({ status }) => status !== 409)) throw new StorageFailure(error)
      ids = error.map(({ documentId }) => documentId)
      const failed = new Set(ids)
      // At once, without waiting for the event: what is sent next depends on it.
      for (const { previous, document } of rows) {
        if (!failed.has(document.id)) this.#put({ ...document, _rev: `${revision(previous) + 1}-here` } as OutboxRow)
      }
    }
  }

  /**
   * Takes rows from this device for good. The newest stays without what it said, so that its number is never given
   * again (rule O10). One that has become unsent meanwhile stays whole.
   */
  async forget(entries: readonly OutboxEntry[]): Promise<void> {
    if (entries.length === 0) return
    const ids = entries.map(({ row }) => row.id)
    const newest = rowId(this.lastN)
    const unsent = new Set(entries.flatMap(({ row }) => (isUnsent(row) ? [row.id] : [])))
    const stays = (row: OutboxRow) => isUnsent(row) && !unsent.has(row.id)
    await this.change(
      entries.filter(({ row }) => row.id === newest && row.body !== ''),
      (row) => (stays(row) ? null : { body: '', extra: '', sealed: '' }),
    )
    const here = await this.#read(ids)
    const rows = here.flatMap((previous) =>
      previous.id === newest || stays(previous)
        ? []
        : [{ previous, document: { ...previous, body: '', extra: '', sealed: '', _deleted: true } }],
    )
    if (rows.length === 0) return
    const { error } = await stored(this.collection.storageInstance.bulkWrite(rows, WRITE))
    // Another tab was quicker: what it wrote stands.
    const kept = new Set(error.map(({ documentId }) => documentId))
    for (const { previous, document } of rows) {
      if (!kept.has(document.id)) await this.#takeEnd({ ...document, _rev: `${revision(previous) + 1}-here` } as OutboxRow)
    }
    await stored(this.collection.storageInstance.cleanup(HOWEVER_YOUNG))
  }

  #read(ids: string[]) {
    return stored(this.collection.storageInstance.findDocumentsById(ids, false))
  }

  /** Rows that somebody took from this device behind our back (a browser's storage that was cleared): memory goes on. */
  #goOnWithout(ids: readonly string[], here: readonly OutboxRow[], values: (row: OutboxRow) => Partial<OutboxRow> | null): void {
    const there = new Set(here.map(({ id }) => id))
    for (const id of ids) {
      const known = there.has(id) ? undefined : this.#entries.get(id)
      const next = known && values(known.row)
      if (known && next) this.#put({ ...known.row, ...next })
    }
  }

  #some(ids: Iterable<string> | undefined): OutboxEntry[] {
    const entries = [...(ids ?? [])].flatMap((id) => this.#entries.get(id) ?? [])
    return entries.sort((a, b) => a.n - b.n)
  }

  #put(row: OutboxRow): void {
    if (this.#gone.has(row.id)) return void this.#putWhenThere(row.id)
    const known = this.#entries.get(row.id)
    // Events come later than the writes they tell of: one of an older state says nothing new.
    if (known && (isSame(known.row, row) || revision(row) < revision(known.row))) return
    const change = known && known.row.body === row.body ? known.change : readChange(row.body)
    const entry = { row, n: Number(row.id), change, extra: readExtra(row) }
    this.lastN = Math.max(this.lastN, entry.n)
    this.#index(known, entry)
    this.#entries.set(row.id, entry)
    // A row that lost what it said tells of the record it was about.
    for (const listener of this.#listeners) listener(change === null && known ? known : entry)
  }

  /** A row that was written while it was being forgotten is on the disk again, and is to be forgotten again. */
  async #putWhenThere(id: string): Promise<void> {
    const [row] = await this.#read([id]).catch(() => [])
    if (row === undefined) return
    this.#gone.delete(id)
    this.#back.add(id)
    this.#put(row)
  }

  /** The word of an end may come after the row lies on the disk again: where that may be so, the disk is asked. */
  async #takeEnd(row: OutboxRow): Promise<void> {
    const known = this.#entries.get(row.id)
    const isCertain = !this.#back.has(row.id) && (known === undefined || revision(known.row) < revision(row))
    if (isCertain) return this.#forget(row.id)
    const there = await this.#read([row.id]).catch(() => null)
    if (there?.length === 0) this.#forget(row.id)
  }

  #forget(id: string): void {
    this.#gone.add(id)
    this.#back.delete(id)
    const known = this.#entries.get(id)
    if (known === undefined) return
    this.#entries.delete(id)
    this.#ofState.get(known.row.state)?.delete(id)
    if (known.change) this.#ofRecord.get(recordKey(known.change))?.delete(id)
    for (const listener of this.#listeners) listener(known)
  }

  #index(known: OutboxEntry | undefined, { row, change }: OutboxEntry): void {
    if (known) this.#ofState.get(known.row.state)?.delete(row.id)
    if (known?.change) this.#ofRecord.get(recordKey(known.change))?.delete(row.id)
    addTo(this.#ofState, row.state, row.id)
    if (change) addTo(this.#ofRecord, recordKey(change), row.id)
  }
}

function recordKey({ collection, recordId }: Change): string {
  return `${collection}/${recordId}`
}

function addTo<Key>(sets: Map<Key, Set<string>>, key: Key, id: string): void {
  const set = sets.get(key)
  if (set) set.add(id)
  else sets.set(key, new Set([id]))
}
