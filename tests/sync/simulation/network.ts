import type { Credentials, Transport, TransportState } from '#app/data/transport.ts'
import { type Answer, EVENTS, type MovedEvent, type PresenceEvent, type SnapshotPage, type SnapshotRequest } from '#domain/sync/protocol.ts'
import type { Seeded } from '../seeded.ts'
import type { Connection, Host } from './host.ts'
import type { VirtualTime } from './time.ts'

/** No answer for this long counts as lost, as in app/data/socket.ts. */
const ANSWER_MS = 20_000
const DIAL_MS = { first: 500, most: 5_000 }

/** The air between one tablet and the server, for all its tabs. */
export class Air {
  reachable = true
  /** What the tablet says arrives; what the server says does not. */
  halfOpen = false
  /** Live messages are lost; answers arrive. */
  deaf = false
  /** Chances of one message, 0 to 1, and the longest it takes, ms. Different delays are another order. */
  drop = 0
  duplicate = 0
  delayMs = 30
  /** What the app says it speaks, when it is an old one. */
  old: { protocol?: number; schema?: number } | null = null
  readonly #ways = new Set<Way>()
  #sent = 0
  #delivered = 0

  constructor(
    readonly time: VirtualTime,
    readonly random: Seeded,
    readonly host: Host,
    readonly happened: (fault: string) => void,
  ) {}

  get isConnected(): boolean {
    return [...this.#ways].some((way) => way.isConnected)
  }

  way(accountId: string, credentials: () => Credentials, isOn: () => boolean): Way {
    const way = new Way(this, accountId, credentials, isOn)
    this.#ways.add(way)
    return way
  }

  setReachable(reachable: boolean): void {
    this.reachable = reachable
    this.hangUp()
  }

  /** Every connection ends, and is made again when that is possible. */
  hangUp(): void {
    for (const way of this.#ways) way.lost()
  }

  heal(): void {
    Object.assign(this, { drop: 0, duplicate: 0, delayMs: 5, halfOpen: false, deaf: false, old: null, reachable: true })
    this.hangUp()
  }

  /** Carries one message: never, once or twice, each time after a while of its own. */
  carry(deliver: () => void): void {
    const times = this.random.chance(this.drop) ? 0 : this.random.chance(this.duplicate) ? 2 : 1
    if (times !== 1) this.happened(times === 0 ? 'message lost' : 'message doubled')
    this.#sent += 1
    const order = this.#sent
    for (let left = times; left > 0; left -= 1) {
      this.time.after(this.#delay(), () => {
        if (order < this.#delivered) this.happened('message overtaken')
        this.#delivered = Math.max(this.#delivered, order)
        deliver()
      })
    }
  }

  /** Whether what the server says now gets lost on a half-open connection. */
  isMute(): boolean {
    if (this.halfOpen) this.happened('half-open connection')
    return this.halfOpen
  }

  forget(way: Way): void {
    this.#ways.delete(way)
  }

  #delay(): number {
    if (this.delayMs > 100) this.happened('message late')
    return 1 + this.random.below(this.delayMs)
  }
}

/** The real transport's manners over the simulated air. */
export class Way implements Transport {
  #state: (state: TransportState) => void = () => undefined
  #moved: (moved: MovedEvent) => void = () => undefined
  #presence: (presence: PresenceEvent) => void = () => undefined
  #connection: Connection | null = null
  #opened = false
  #dialling = 0
  readonly #waiting = new Set<(error: Error) => void>()

  constructor(
    readonly air: Air,
    readonly accountId: string,
    readonly credentials: () => Credentials,
    readonly isOn: () => boolean,
  ) {}

  get isConnected(): boolean {
    return this.#connection !== null
  }

  onState(listener: (state: TransportState) => void): void {
    this.#state = listener
  }
  onMoved(listener: (moved: MovedEvent) => void): void {
    this.#moved = listener
  }
  onPresence(listener: (presence: PresenceEvent) => void): void {
    this.#presence = listener
  }

  open(): void {
    this.#opened = true
    this.#dial(0)
  }

  reconnect(): void {
    this.#hangUp()
    this.#dial(0)
  }

  close(): void {
    this.#opened = false
    this.#hangUp()
    this.air.forget(this)
  }

  lost(): void {
    if (!this.isOn()) {
      this.air.forget(this)
      return
    }
    const had = this.#connection !== null
    this.#hangUp()
    if (had && this.#opened) this.#state('disconnected')
    this.#dial(DIAL_MS.first)
  }

  request<T>(event: string, body: unknown): Promise<Answer<T>> {
    const connection = this.#connection
    const { air } = this
    const words = JSON.stringify(this.#asOldApp(event, body))
    return this.#expect<Answer<T>>((resolve) => {
      if (connection === null) return
      air.carry(() => {
        if (!connection.open) return
        void air.time.outside(connection.ask(event, JSON.parse(words))).then((answer) => {
          if (answer === null || air.isMute()) return
          const said = JSON.stringify(answer)
          air.carry(() => {
            if (connection.open && this.isOn()) resolve(JSON.parse(said) as Answer<T>)
          })
        })
      })
    })
  }

  snapshot(request: SnapshotRequest): Promise<SnapshotPage> {
    const { air } = this
    return this.#expect<SnapshotPage>((resolve, reject) => {
      air.carry(() => {
        if (!air.reachable || !air.host.up) return reject(new Error('no answer'))
        void air.time.outside(air.host.snapshot(this.accountId, request)).then(
          (page) => {
            const said = JSON.stringify(page)
            if (!air.isMute()) air.carry(() => this.isOn() && air.reachable && resolve(JSON.parse(said)))
          },
          (error) => this.isOn() && reject(error),
        )
      })
    })
  }

  #asOldApp(event: string, body: unknown): unknown {
    const { old } = this.air
    if (old === null) return body
    if (event === EVENTS.push && old.schema !== undefined) return withoutEpoch(body as { changes: Record<string, unknown>[] })
    if (event !== EVENTS.hello) return body
    for (const name of Object.keys(old)) this.air.happened(`old ${name}`)
    return { ...(body as object), ...old }
  }

  /** An answer, or the end of the connection, or of patience. */
  #expect<T>(ask: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUp = (error: Error) => {
        end()
        if (this.isOn()) reject(error)
      }
      const stop = this.air.time.after(ANSWER_MS, () => giveUp(new Error('no answer came')))
      const end = () => {
        stop()
        this.#waiting.delete(giveUp)
      }
      this.#waiting.add(giveUp)
      ask((value) => {
        end()
        resolve(value)
      }, giveUp)
      if (this.#connection === null) giveUp(new Error('not connected'))
    })
  }

  #hangUp(): void {
    this.#connection?.close()
    this.#connection = null
    this.#dialling += 1
    for (const giveUp of [...this.#waiting]) giveUp(new Error('the connection was lost'))
  }

  #dial(ms: number): void {
    this.#dialling += 1
    const dialling = this.#dialling
    const { air } = this
    air.time.after(ms + air.random.below(40), () => {
      if (!this.#opened || !this.isOn() || dialling !== this.#dialling || this.#connection) return
      if (!air.reachable || !air.host.up) return this.#dial(DIAL_MS.first + air.random.below(DIAL_MS.most))
      void air.time.outside(this.#connect(dialling))
    })
  }

  async #connect(dialling: number): Promise<void> {
    const { air } = this
    const connection = await air.host.connect(this.accountId, this.credentials(), {
      moved: (moved) => this.#live(() => this.#moved(moved)),
      presence: (presence) => this.#live(() => this.#presence(presence)),
      lost: () => this.lost(),
    })
    if (dialling !== this.#dialling || !this.#opened || !this.isOn()) return connection?.close()
    if (connection === null) {
      this.#state('refused')
      return this.#dial(DIAL_MS.most)
    }
    this.#connection = connection
    this.#state('connected')
  }

  #live(deliver: () => void): void {
    const connection = this.#connection
    if (this.air.deaf || this.air.isMute()) return
    this.air.carry(() => {
      if (connection !== null && connection === this.#connection && connection.open && this.isOn()) deliver()
    })
  }
}

/** The first apps did not say which epoch their mirror was of. */
function withoutEpoch({ changes }: { changes: Record<string, unknown>[] }): object {
  return { changes: changes.map(({ epoch: _, ...change }) => change) }
}
