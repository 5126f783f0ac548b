import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Change, type PushResult, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { EVENTS, PUSH_CHANGES, type PushAnswer } from '#domain/sync/protocol.ts'
import type { Seeded } from '../sync/seeded.ts'
import { type Connection, Refused } from './connection.ts'

const MOST_TRIES = 20

export type Draft = Pick<Change, 'collection' | 'recordId' | 'op' | 'fields' | 'base'>

/** One device that pushes as the app does, oldest first and one request in flight, and writes down every answer. */
export class PushingDevice {
  /** All it ever wrote; what has no answer yet is sent again after each reconnect. */
  readonly outbox: Change[] = []
  /** The tester's own list: change -> what the server said of it. Nothing of it comes from the server's tables. */
  readonly acknowledged = new Map<string, PushResult>()
  /** Where the server took back or contradicted what it had said. */
  readonly contradictions: string[] = []
  /** Changes that were committed, while the answer to them was killed. */
  unheard = 0
  /** Changes sent again on purpose after they were answered. */
  repeated = 0
  inFlight = false
  #epoch: string | null = null
  readonly #listeners: (() => void)[] = []

  constructor(
    readonly connection: Connection,
    readonly random: Seeded,
    readonly invent: () => Draft,
  ) {}

  /** Connects, however often it takes: on a machine that has other work to do a connection can be late. */
  async arrive(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#greet()
      } catch (error) {
        if (error instanceof Refused || tries === MOST_TRIES) throw error
        await setTimeout(this.random.below(500))
      }
    }
  }

  /** Says hello and compares what the server remembers with what it once answered. */
  async #greet(): Promise<void> {
    const { epoch, lastN, verdict } = await this.connection.greet({ lastN: this.outbox.length, cursor: 0 })
    const answered = this.acknowledged.size
    if (verdict !== 'ok') this.contradictions.push(`the server's verdict was ${verdict}`)
    if (lastN < answered || lastN > this.outbox.length)
      this.contradictions.push(`lastN is ${lastN}, answered were ${answered} of ${this.outbox.length}`)
    if (this.#epoch !== null && epoch !== this.#epoch) this.contradictions.push('a kill was taken for a restore: the epoch is another')
    this.#epoch = epoch
    this.unheard += Math.max(0, lastN - answered)
  }

  /** Writes and pushes until the connection ends. */
  async work(): Promise<void> {
    while (this.connection.connected) {
      if (this.#pending().length === 0) this.write(Array.from({ length: 1 + this.random.below(12) }, this.invent))
      const again = this.acknowledged.size > 0 && this.random.chance(0.05)
      await this.push(again ? this.#someAnswered() : this.#pending().slice(0, PUSH_CHANGES)).catch(unlessCut)
    }
  }

  /** Sends what is left, without writing anything new. A server that has lost something would answer `gap` for ever. */
  async finish(): Promise<void> {
    while (this.#pending().length > 0 && this.contradictions.length === 0) {
      if (!this.connection.connected) await this.arrive()
      await this.push(this.#pending().slice(0, PUSH_CHANGES)).catch(unlessCut)
    }
  }

  write(drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      const { deviceId, doctor } = this.connection
      const n = this.outbox.length + 1
      this.outbox.push({
        ...draft,
        deviceId,
        n,
        changeId: randomUUID(),
        actor: doctor.accountId,
        deviceTime: Date.now(),
        schemaVersion: SCHEMA_VERSION,
      })
    }
  }

  async push(changes: Change[]): Promise<void> {
    this.inFlight = true
    try {
      const { results } = await this.connection.request<PushAnswer>(EVENTS.push, { changes })
      for (const result of results) this.#note(result)
      for (const listener of this.#listeners.splice(0)) listener()
    } finally {
      this.inFlight = false
    }
  }

  nextAnswer(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve))
  }

  answerOf(n: number): PushResult | undefined {
    return this.acknowledged.get(this.outbox[n - 1]?.changeId ?? '')
  }

  #pending(): Change[] {
    return this.outbox.slice(this.acknowledged.size)
  }

  #someAnswered(): Change[] {
    const last = this.acknowledged.size
    return this.outbox.slice(Math.max(0, last - 1 - this.random.below(5)), last)
  }

  #note(result: PushResult): void {
    const known = this.acknowledged.get(result.changeId)
    if (result.outcome === 'gap' || result.outcome === 'fork') this.contradictions.push(`n ${result.n} was answered ${result.outcome}`)
    else if (known === undefined) this.acknowledged.set(result.changeId, result)
    else if (known.seq !== result.seq || known.outcome !== result.outcome)
      this.contradictions.push(`n ${result.n} was ${known.outcome} at ${known.seq} and then ${result.outcome} at ${result.seq}`)
    else this.repeated += 1
  }
}

/** A connection that was cut is what the test is about; a refusal is not. */
function unlessCut(error: unknown): void {
  if (error instanceof Refused) throw error
}
