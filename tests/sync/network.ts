import type { Transport, TransportState } from '#app/data/transport.ts'
import type { Answer, MovedEvent } from '#domain/sync/protocol.ts'
import type { Seeded } from './seeded.ts'

type Deliver = (event: string, body: unknown) => Promise<Answer<object>>

export interface LossyOptions {
  /** A new connection to the server. */
  connect: () => Deliver
  random: Seeded
  /** How often a request, its answer, or a hint is lost; and how often a request arrives twice. */
  loss: number
  onMoved: (listener: (moved: MovedEvent) => void) => () => void
}

/** A connection that loses requests and answers, delivers twice, and can be cut. */
export class LossyNetwork implements Transport {
  #listener: (state: TransportState) => void = () => undefined
  #moved: (moved: MovedEvent) => void = () => undefined
  #deliver: Deliver | null = null
  #opened = false
  #stop: (() => void) | null = null
  loss: number

  constructor(
    readonly options: LossyOptions,
    public reachable: boolean,
  ) {
    this.loss = options.loss
  }

  onState(listener: (state: TransportState) => void): void {
    this.#listener = listener
  }

  onMoved(listener: (moved: MovedEvent) => void): void {
    this.#moved = listener
  }

  open(): void {
    this.#opened = true
    this.#stop = this.options.onMoved((moved) => {
      if (this.#deliver && !this.options.random.chance(this.loss)) this.#moved(moved)
    })
    this.setReachable(this.reachable)
  }

  close(): void {
    this.#opened = false
    this.#stop?.()
    this.#deliver = null
  }

  reconnect(): void {
    this.setReachable(this.reachable)
  }

  setReachable(reachable: boolean): void {
    this.reachable = reachable
    if (!this.#opened) return
    this.#deliver = reachable ? this.options.connect() : null
    this.#listener(reachable ? 'connected' : 'disconnected')
  }

  async request<T>(event: string, body: unknown): Promise<Answer<T>> {
    const { random } = this.options
    const deliver = this.#deliver
    await pause()
    if (deliver === null || random.chance(this.loss)) throw new Error('the request was lost')
    if (random.chance(this.loss)) void deliver(event, body)
    const answer = await deliver(event, body)
    await pause()
    if (this.#deliver !== deliver || random.chance(this.loss)) throw new Error('the answer was lost')
    return answer as Answer<T>
  }
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve))
