import { setTimeout } from 'node:timers/promises'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { type Checkpoint, EVENTS, PULL_RECORDS, type PullAnswer } from '#domain/sync/protocol.ts'
import { type Connection, Refused } from '../../tests/processes/connection.ts'

/** A connection that failed is tried again after a random part of this, as in app/data/socket.ts. */
const RETRY_MS = 500

/** A tablet that has everything, loses its server, and catches up. */
export class Tablet {
  /** Connections that were refused or broke off before this tablet was up to date. */
  failures = 0
  /** What it received since it was last reset, records. */
  received = 0
  readonly #checkpoints = new Map<CollectionName, Checkpoint>()

  constructor(readonly connection: Connection) {}

  /** Greets and pulls all collections to their ends, however often it takes. */
  async catchUp(): Promise<void> {
    for (;;) {
      try {
        await this.connection.greet({ lastN: 0, cursor: this.#cursor() })
        for (const name of COLLECTION_NAMES) await this.#pull(name)
        return
      } catch (error) {
        if (error instanceof Refused) throw error
        this.failures += 1
        await setTimeout(Math.random() * RETRY_MS)
      }
    }
  }

  async #pull(collection: CollectionName): Promise<void> {
    for (;;) {
      const checkpoint = this.#checkpoints.get(collection) ?? null
      const answer = await this.connection.request<PullAnswer>(EVENTS.pull, { collection, checkpoint, limit: PULL_RECORDS })
      this.#checkpoints.set(collection, answer.checkpoint)
      this.received += answer.documents.length
      if (answer.documents.length < PULL_RECORDS) return
    }
  }

  #cursor(): number {
    const reached = COLLECTION_NAMES.map((name) => Object.values(this.#checkpoints.get(name)?.facilities ?? {}))
    return reached.some((rooms) => rooms.length === 0) ? 0 : Math.min(...reached.flat())
  }
}
