import type { RxCollection } from 'rxdb/plugins/core'
import { type Change, changeSchema, type PushResult } from '#domain/sync/change.ts'
import { readAll } from './databases.ts'
import type { OutboxRow, OutboxState } from './schemas.ts'

/** A row with its change parsed; `change` is null when the text cannot be read. */
export interface OutboxEntry {
  row: OutboxRow
  n: number
  change: Change | null
}

/** The changes of this device, in the order they were made. All tabs see the same rows. */
export class Outbox {
  readonly #entries = new Map<string, OutboxEntry>()
  readonly #listeners = new Set<(entry: OutboxEntry) => void>()

  private constructor(readonly collection: RxCollection<OutboxRow>) {}

  static async open(collection: RxCollection<OutboxRow>): Promise<Outbox> {
    const outbox = new Outbox(collection)
    collection.eventBulks$.subscribe((bulk) => {
      for (const event of bulk.events) outbox.#put(event.documentData)
    })
    for (const row of await readAll(collection)) outbox.#put(row)
    return outbox
  }

  /** Oldest first. */
  entries(): OutboxEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.n - b.n)
  }

  pending(): OutboxEntry[] {
    return this.entries().filter(({ row }) => row.state === 'pending')
  }

  get lastN(): number {
    return [...this.#entries.values()].reduce((most, { n }) => Math.max(most, n), 0)
  }

  /** @returns the way to stop */
  onChange(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Writes a change durably. Taking the next number *is* the insert, so two tabs can never take the same one:
   * the slower one tries again with the number after.
   */
  async add(change: Omit<Change, 'n'>): Promise<void> {
    for (let n = this.lastN + 1; ; n += 1) {
      const body = JSON.stringify(changeSchema.parse({ ...change, n }))
      const row: OutboxRow = {
        id: rowId(n),
        changeId: change.changeId,
        state: 'pending',
        seq: 0,
        reason: '',
        size: new TextEncoder().encode(body).length,
        body,
      }
      const { error, success } = await this.collection.bulkInsert([row])
      if (success.length === 1) return this.#put(row)
      if (error[0]?.status !== 409) throw new Error('the change could not be written to this device', { cause: error[0] })
    }
  }

  /** What another tab wrote and could not tell. */
  async readAgain(): Promise<void> {
    for (const row of await readAll(this.collection)) this.#put(row)
  }

  /** The server's answer; one that comes again, after the row has gone on, changes nothing. */
  async answer(n: number, result: PushResult): Promise<void> {
    if (!['pending', 'parked'].includes(this.#entries.get(rowId(n))?.row.state ?? '')) return
    await this.#patch(n, { state: stateOf(result), seq: result.seq, reason: result.reason ?? '' })
  }

  async setState(n: number, state: OutboxState, reason = ''): Promise<void> {
    await this.#patch(n, { state, reason })
  }

  async #patch(n: number, values: Partial<OutboxRow>): Promise<void> {
    const row = await this.collection.findOne(rowId(n)).exec()
    await row?.incrementalPatch(values)
  }

  #put(row: OutboxRow): void {
    const known = this.#entries.get(row.id)
    if (known && known.row.state === row.state && known.row.seq === row.seq) return
    const entry = { row, n: Number(row.id), change: known?.change ?? readChange(row.body) }
    this.#entries.set(row.id, entry)
    for (const listener of this.#listeners) listener(entry)
  }
}

function rowId(n: number): string {
  return String(n).padStart(12, '0')
}

function readChange(body: string): Change | null {
  try {
    return changeSchema.parse(JSON.parse(body))
  } catch {
    return null
  }
}

function stateOf(result: PushResult): OutboxState {
  if (result.outcome === 'rejected') return 'rejected'
  return result.outcome === 'parked' ? 'parked' : 'acknowledged'
}
