import type { Credentials, Transport, TransportState } from '#app/data/transport.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import { isInRoom } from '#domain/facilities/place.ts'
import { type Answer, type MovedEvent, type SnapshotPage, type SnapshotRequest, snapshotRequest } from '#domain/sync/protocol.ts'
import type { SimulatedServer } from './server.ts'

/** The shortest way from a tablet to the real server: it loses nothing unless it is told to. */
export class DirectNetwork implements Transport {
  losesAnswers = false
  #reachable = false
  #opened = false
  #ask: ReturnType<SimulatedServer['connect']> | null = null
  #state: (state: TransportState) => void = () => undefined
  #moved: (moved: MovedEvent) => void = () => undefined
  #stop: () => void = () => undefined

  constructor(
    readonly server: SimulatedServer,
    readonly account: () => SignedInAccount | null,
    readonly fails: () => boolean = () => false,
    readonly shown?: Credentials,
  ) {}

  setReachable(reachable: boolean): void {
    this.#reachable = reachable
    if (!this.#opened) return
    this.#ask = reachable ? this.server.connect(this.account, this.fails, this.shown) : null
    this.#state(reachable ? 'connected' : 'disconnected')
  }

  async request<T>(event: string, body: unknown): Promise<Answer<T>> {
    if (this.#ask === null) throw new Error('there is no connection')
    const answer = await this.#ask(event, body)
    if (this.losesAnswers) throw new Error('the answer was lost')
    return answer as Answer<T>
  }

  async snapshot(request: SnapshotRequest): Promise<SnapshotPage> {
    const rooms = await this.server.records.roomsFor(this.account()?.facilities ?? [])
    return this.server.records.snapshot(rooms, snapshotRequest.parse(request))
  }

  onState(listener: (state: TransportState) => void): void {
    this.#state = listener
  }
  onMoved(listener: (moved: MovedEvent) => void): void {
    this.#moved = listener
  }
  onPresence(): void {}

  open(): void {
    this.#opened = true
    const rooms = () => [EVERYWHERE, ...(this.account()?.facilities ?? [])]
    this.#stop = this.server.records.onMoved(({ events }) => {
      for (const event of events) if (this.#ask && isInRoom(rooms(), event.room)) this.#moved(structuredClone(event))
    })
    this.setReachable(this.#reachable)
  }
  reconnect(): void {
    this.setReachable(this.#reachable)
  }
  close(): void {
    this.#opened = false
    this.#stop()
  }
}
