import type { PushResult, VoidChange } from '#domain/sync/change.ts'
import { type Answer, EVENTS, PUSH_BYTES, PUSH_CHANGES, type PushAnswer, pushAnswer } from '#domain/sync/protocol.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import type { SyncState } from './tablet.ts'
import type { Transport } from './transport.ts'

/** Longest wait before a failed push is tried again; a new connection, an edit or focus try at once. */
const RETRY_MOST_MS = 5_000

export interface PusherOptions {
  outbox: Outbox
  deviceId: string
  transport: Transport
  /** 0 to 1, for the jitter between tries */
  random: () => number
  wait: (ms: number) => Promise<void>
  onState: (state: { sending: boolean; problem: SyncState['problem'] }) => void
  onAnswer: (entry: OutboxEntry, result: PushResult) => void
  onSignedOut: () => void
}

/** Sends pending changes in their order, one request in flight, as long as there is a connection. */
export class Pusher {
  #running = false
  #again = false
  #online = false
  #stopped = false
  #failures = 0
  #forked = false
  #most = PUSH_CHANGES

  constructor(readonly options: PusherOptions) {}

  setOnline(online: boolean): void {
    this.#online = online
    this.#failures = 0
    if (online) this.trigger()
  }

  stop(): void {
    this.#stopped = true
  }

  trigger(): void {
    this.#again = true
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (this.#again && this.#online && !this.#stopped) {
        this.#again = false
        await this.#sendAll()
      }
    } finally {
      this.#running = false
      this.options.onState({ sending: false, problem: this.#forked || this.#failures > 2 ? 'server' : null })
    }
  }

  /** What became of the changes that wait on the server: sent again, they get the answer of today. */
  async #askParked(): Promise<void> {
    const parked = nextEntries(
      this.options.outbox.entries().filter(({ row }) => row.state === 'parked'),
      PUSH_CHANGES,
    )
    const answer = parked.length > 0 && this.#online ? await this.#request(parked) : null
    if (answer?.ok) await this.#takeAnswer(parked, pushAnswer.parse(answer))
  }

  async #sendAll(): Promise<void> {
    await this.#askParked()
    for (;;) {
      const entries = nextEntries(this.options.outbox.pending(), this.#most)
      if (entries.length === 0 || !this.#online || this.#stopped) return
      this.options.onState({ sending: true, problem: null })
      const answer = await this.#request(entries)
      if (answer === null || !answer.ok) {
        if (await this.#failed(entries, answer)) continue
        return
      }
      this.#failures = 0
      this.#most = PUSH_CHANGES
      await this.#takeAnswer(entries, pushAnswer.parse(answer))
      if (answer.results.some(({ outcome }) => outcome === 'gap')) await this.options.wait(this.options.random() * 1_000)
    }
  }

  async #request(entries: OutboxEntry[]): Promise<Answer<PushAnswer> | null> {
    try {
      const changes = entries.map((entry) => entry.change ?? voidOf(entry, this.options.deviceId))
      return await this.options.transport.request<PushAnswer>(EVENTS.push, { changes })
    } catch {
      return null
    }
  }

  /** @returns whether to go on at once with a smaller request */
  async #failed(entries: OutboxEntry[], answer: Extract<Answer<PushAnswer>, { ok: false }> | null): Promise<boolean> {
    if (answer?.problem === 'invalid' || answer?.problem === 'too-large') return this.#narrow(entries)
    if (answer?.problem === 'not-signed-in') {
      this.options.onSignedOut()
      return false
    }
    this.#failures += 1
    await this.options.wait(this.options.random() * Math.min(RETRY_MOST_MS, 250 * 2 ** this.#failures))
    this.#again = true
    return false
  }

  /** A request that the server cannot read is cut down until one row is to blame; that row goes up as void. */
  async #narrow(entries: OutboxEntry[]): Promise<boolean> {
    const [first] = entries
    if (entries.length > 1 || first === undefined) {
      this.#most = 1
      return true
    }
    const changes = [voidOf(first, this.options.deviceId)]
    const answer = await this.options.transport.request<PushAnswer>(EVENTS.push, { changes }).catch(() => null)
    if (!answer?.ok) return false
    await this.#takeAnswer([first], pushAnswer.parse(answer))
    return true
  }

  async #takeAnswer(entries: OutboxEntry[], answer: PushAnswer): Promise<void> {
    for (const result of answer.results) {
      const entry = entries.find(({ row }) => row.changeId === result.changeId)
      if (entry === undefined) continue
      if (result.outcome === 'gap') return this.#goBack(answer.lastN)
      if (result.outcome === 'fork') return this.#fork()
      await this.options.outbox.answer(entry.n, result)
      this.options.onAnswer(entry, result)
    }
  }

  /** A copy of this browser's profile sends under the same numbers. Nothing is lost: all stays here, and a person is told. */
  #fork(): void {
    this.#forked = true
    this.#stopped = true
  }

  /** The server lacks changes that it once had (it was restored): they are sent again from where it stands. */
  async #goBack(lastN: number): Promise<void> {
    await this.options.outbox.readAgain()
    for (const { n, row } of this.options.outbox.entries()) {
      if (n > lastN && row.state !== 'pending') await this.options.outbox.setState(n, 'pending')
    }
  }
}

/** The oldest pending rows that fit into one request. */
function nextEntries(pending: OutboxEntry[], most: number): OutboxEntry[] {
  let bytes = 0
  const fitting = pending.slice(0, most).filter(({ row }, index) => {
    bytes += row.size
    return index === 0 || bytes < PUSH_BYTES * 0.75
  })
  return fitting
}

function voidOf({ n, row }: OutboxEntry, deviceId: string): VoidChange {
  return { deviceId, n, changeId: row.changeId, op: 'void', reason: 'this change could not be read or sent' }
}
