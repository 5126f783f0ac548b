import type { Without } from '#domain/sync/guards.ts'
import type { Databases } from './databases.ts'
import type { DeviceNotes } from './device.ts'
import type { RecordMemory } from './memory.ts'
import type { Notes } from './notes.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import type { ProgressOf } from './progress.ts'
import { refusedElsewhere, rowsOfGone } from './purge.ts'
import type { Receiver } from './receiver.ts'

export interface SettlingOptions {
  outbox: Outbox
  memory: RecordMemory
  progress: Notes<ProgressOf>
  device: DeviceNotes
  databases: Pick<Databases, 'clean'>
  receiver: Pick<Receiver, 'reached'>
  /** Nothing is on its way, everything has been received and compared with the server: what is not here has left. */
  isWhole: () => boolean
  without: Without
}

/** What becomes of a change after the server's answer: it leaves the overlay, and in the end this device (O4, O10, S10). */
export class Settling {
  // Also at the start: a crash may have come between a record's leaving and the purge.
  #leftovers = true
  readonly stop: () => void

  constructor(readonly options: SettlingOptions) {
    this.stop = options.memory.onGone(() => {
      this.#leftovers = true
    })
  }

  /** A change leaves the overlay when the mirror has reached the number that the server gave it (rule O4). */
  async settle(): Promise<void> {
    const { outbox } = this.options
    const here = outbox.inState('acknowledged').filter((entry) => this.#isHere(entry))
    await outbox.change(here, (row) => (row.state === 'acknowledged' ? { state: 'settled' } : null))
    // A removal that was refused kept the earlier changes of its record here as long as it might have stood.
    if (this.#ofGone(here).length > 0) this.#leftovers = true
    await this.purge()
  }

  /** Somebody corrected a rejected change, or gave it up, or its question has left: it is no longer one of this device. */
  async settleRejected(): Promise<void> {
    const { outbox, memory, receiver } = this.options
    await outbox.forget(refusedElsewhere(outbox, memory, ({ row }) => receiver.reached('issues') >= row.seq))
    const closed = ({ row, change }: OutboxEntry) => {
      const issue = memory.get('issues', `rejected.${row.changeId}`)?.record as { state?: string } | undefined
      return issue?.state !== undefined && issue.state !== 'open' && !(row.reason === 'id-taken' && change?.collection === 'clients')
    }
    const rows = outbox.inState('rejected').filter(closed)
    await outbox.change(rows, (row) => (row.state === 'rejected' ? { state: 'settled' } : null))
  }

  /**
   * What waits on the server has another answer by now: somebody gave it up (P18), or what it waited for is here (P7), and
   * until the answer is known here, the change lies on top of it.
   */
  get hasOtherAnswer(): boolean {
    const { outbox, memory } = this.options
    const stateOf = (changeId: string) => (memory.get('issues', `parked.${changeId}`)?.record as { state?: string } | undefined)?.state
    return outbox.inState('parked').some(({ row, change }) => {
      if (stateOf(row.changeId) === 'discarded') return true
      return change !== null && memory.mirrored(change.collection, change.recordId) !== undefined
    })
  }

  /**
   * Answered changes about what has left go too (rule S10); it is tried again when it could not be written. Not while records
   * are on their way, or lost from the disk: a change about one of them may be the last copy when the server is put back.
   */
  async purge(): Promise<void> {
    if (!this.#leftovers || !this.options.isWhole()) return
    this.#leftovers = false
    try {
      await this.options.outbox.forget(this.#ofGone(this.options.outbox.inState('settled')))
      await this.options.databases.clean()
    } catch (error) {
      this.#leftovers = true
      throw error
    }
  }

  #ofGone(entries: readonly OutboxEntry[]): OutboxEntry[] {
    const { outbox, memory, device, without } = this.options
    return without.has('purge') ? [] : rowsOfGone(outbox, memory, entries, device.read('contact').facilities)
  }

  #isHere({ row, change, extra }: OutboxEntry): boolean {
    const { memory, progress, receiver, without } = this.options
    if (change === null || without.has('until-reached')) return true
    // The record itself at that number or beyond holds the change, however far the rest of its collection is.
    const { epoch, rebuilding } = progress.read(change.collection)
    const record = memory.mirrored(change.collection, extra.newId ?? change.recordId)
    const holdsIt = epoch === row.epoch && !rebuilding && (record?.seq ?? 0) >= row.seq
    return holdsIt || receiver.reached(change.collection) >= row.seq
  }
}
