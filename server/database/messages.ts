import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const CHANNEL = 'hims'
/** What a message is about when its sender committed something. */
export const WRITTEN = 'written'
const AGAIN_MS = 1_000
/** A lock that each process of the server shares as long as it runs. */
export const IN_USE = 7_160_004

/** What one process of the server tells the others. */
export interface Message {
  about: string
  text: string
}

/** Ends a transaction and tells the others, in one round trip: they hear of it once it is there, or not at all. */
export function commitAndTell(from: string, message: Message): string {
  return `${notify(from, message)}; COMMIT`
}

function notify(from: string, message: Message): string {
  return `NOTIFY ${CHANNEL}, ${pg.escapeLiteral(JSON.stringify({ from, ...message }))}`
}

/** LISTEN and NOTIFY. A connection that breaks is made anew; what is missed meanwhile, everybody looks for by the second anyway. */
export class Messages {
  readonly from = randomUUID()
  readonly #listeners = new Set<(message: Message) => void>()
  #client: pg.Client | null = null
  #closed = false

  constructor(
    readonly url: string,
    readonly pool: pg.Pool,
  ) {}

  async start(): Promise<void> {
    await this.#connect()
  }

  /** @returns the way to stop */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async tell(message: Message): Promise<void> {
    await this.pool.query(notify(this.from, message))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'hims-listens', keepAlive: true })
    client.on('error', () => undefined)
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''))
    await client.connect()
    // Whoever takes the place of all that is here (a restore) waits until nobody works on it, and keeps everybody out meanwhile.
    await client.query(`SELECT pg_advisory_lock_shared(${IN_USE})`)
    await client.query(`LISTEN ${CHANNEL}`)
    client.once('end', () => void this.#again())
    this.#client = client
    if (this.#closed) await client.end()
  }

  async #again(): Promise<void> {
    while (!this.#closed) {
      await sleep(AGAIN_MS, undefined, { ref: false })
      if (this.#closed) return
      const isBack = await this.#connect().then(
        () => true,
        () => false,
      )
      if (isBack) return
    }
  }

  #hear(payload: string): void {
    const { from, about, text } = JSON.parse(payload) as Message & { from: string }
    if (from !== this.from) for (const listener of this.#listeners) listener({ about, text })
  }
}
