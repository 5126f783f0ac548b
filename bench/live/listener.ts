import { setTimeout } from 'node:timers/promises'
import { type Checkpoint, EVENTS, type MovedEvent, type PullAnswer } from '#domain/sync/protocol.ts'
import type { Clinic, Doctor } from '../../tests/processes/clinic.ts'
import { Connection, Refused } from '../../tests/processes/connection.ts'

/** A connection that failed is tried again after a random part of this, ms. */
const RETRY_MS = 500

/** A tablet with everything in its mirror, waiting for what moves. It comes back when its connection breaks off. */
export class Listener {
  last: MovedEvent | null = null
  drops = 0
  #checkpoint: Checkpoint | null = null
  #waiting: { id: string; phone: string; done: () => void } | null = null
  #arriving = false
  #closed = false

  private constructor(readonly connection: Connection) {}

  static async connect(clinic: Clinic, doctor: Doctor): Promise<Listener> {
    const listener = new Listener(new Connection(clinic.server, doctor))
    await listener.#arrive()
    return listener
  }

  waitFor(id: string, phone: string): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { id, phone, done }
    })
  }

  close(): void {
    this.#closed = true
    this.connection.close()
  }

  async #arrive(): Promise<void> {
    this.#arriving = true
    while (this.#arriving && !this.#closed) {
      try {
        await this.connection.greet({ lastN: 0, cursor: 0 }, (socket) => {
          socket.on(EVENTS.moved, (moved) => void this.#hear(moved))
          socket.on('disconnect', () => this.#dropped())
        })
        this.#take(await this.#pull())
        this.#arriving = false
      } catch (error) {
        if (error instanceof Refused) throw error
        await setTimeout(Math.random() * RETRY_MS)
      }
    }
  }

  #dropped(): void {
    if (this.#arriving || this.#closed) return
    this.drops += 1
    void this.#arrive()
  }

  async #hear(moved: MovedEvent): Promise<void> {
    if (moved.collection !== 'clients') return
    this.last = moved
    // A pull that was cut off is made again by the next connection.
    this.#take(moved.records ?? (await this.#pull().catch(() => [])))
  }

  async #pull(): Promise<readonly object[]> {
    const request = { collection: 'clients', checkpoint: this.#checkpoint, limit: 1000 }
    const { documents, checkpoint } = await this.connection.request<PullAnswer>(EVENTS.pull, request)
    this.#checkpoint = checkpoint
    return documents
  }

  #take(records: readonly object[]): void {
    const wanted = this.#waiting
    if (wanted === null) return
    const found = (records as { id: string; phone?: string }[]).some(({ id, phone }) => id === wanted.id && phone === wanted.phone)
    if (found) wanted.done()
  }
}
