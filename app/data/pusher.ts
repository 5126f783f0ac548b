import type { Change, PushResult, VoidChange } from '#domain/sync/change.ts'
import type { Without } from '#domain/sync/guards.ts'
import { EVENTS, PUSH_BYTES, PUSH_CHANGES, type PushAnswer, pushAnswer } from '#domain/sync/protocol.ts'
import type { DeviceNotes } from './device.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { answered, Refused, StorageFailure } from './problems.ts'
import { type Patience, untilNextTry } from './retry.ts'
import type { SyncState } from './tablet.ts'
import type { Transport } from './transport.ts'
import { bytesOfVoid, voidOf } from './voids.ts'
import { newerWitness } from './witness.ts'

/** From this many failures on somebody is told. */
const MANY_FAILURES = 3

export interface PusherOptions {
  outbox: Outbox
  device: DeviceNotes
  transport: Transport
  patience: Patience
  wait: (ms: number) => Promise<void>
  newId: () => string
  without: Without
  onState: (state: { sending: boolean; problem: SyncState['problem'] }) => void
  /** The server has answered, and the outbox says so. */
  onAnswered: (results: readonly PushResult[]) => void
  onSignedOut: () => void
}

/** Sends pending changes in their order, one request in flight, as long as there is a connection. */
export class Pusher {
  #running = false
  #again = false
  #online = false
  #stopped = false
  #failures = 0
  #problem: SyncState['problem'] = null
  #most = PUSH_CHANGES
  #epoch = ''

  constructor(readonly options: PusherOptions) {}

  setOnline(epoch: string): void {
    this.#epoch = epoch
    this.#online = true
    this.#failures = 0
    this.trigger()
  }

  setOffline(): void {
    this.#online = false
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
    while (this.#again && this.#online && !this.#stopped) {
      this.#again = false
      await this.#sendAll().then(
        () => {
          this.#failures = 0
          this.#problem = null
        },
        (error) => this.#failed(error),
      )
    }
    this.#running = false
    this.options.onState({ sending: false, problem: this.#problem })
  }

  async #sendAll(): Promise<void> {
    // What became of the changes that wait on the server: sent again, they get the answer of today.
    for (let parked = this.options.outbox.inState('parked'); parked.length > 0; ) {
      const some = this.#next(parked)
      await this.#send(some)
      parked = parked.slice(some.length)
    }
    for (;;) {
      const entries = this.#next(this.options.outbox.pending())
      if (entries.length === 0 || !this.#online || this.#stopped) return
      this.options.onState({ sending: true, problem: this.#problem })
      await this.#send(entries)
    }
  }

  async #send(entries: OutboxEntry[]): Promise<void> {
    const epoch = this.#epoch
    const changes = entries.map((entry) => this.#toSend(entry, epoch))
    try {
      const answer = answered(await this.options.transport.request<PushAnswer>(EVENTS.push, { changes }))
      await this.#take(entries, pushAnswer.parse(answer), epoch)
      this.#most = PUSH_CHANGES
    } catch (error) {
      if (!(error instanceof Refused) || !['invalid', 'too-large'].includes(error.answer.problem)) throw error
      await this.#narrow(entries, error.answer)
    }
  }

  /** A request that the server cannot read is cut down until one row is to blame; that row goes up as void. */
  async #narrow(entries: OutboxEntry[], refusal: { problem: string; detail?: string }): Promise<void> {
    const [first] = entries
    if (entries.length > 1 || first === undefined) {
      this.#most = 1
      return
    }
    const changes = [voidOf(first, this.#deviceId, refusal)]
    const answer = answered(await this.options.transport.request<PushAnswer>(EVENTS.push, { changes }))
    await this.#take([first], pushAnswer.parse(answer), this.#epoch)
  }

  async #take(entries: OutboxEntry[], { results, lastN, witness }: PushAnswer, epoch: string): Promise<void> {
    // The connection changed meanwhile: the answer may be of a server that is no more. The change is sent again.
    if (epoch !== this.#epoch) return
    const taken = results.filter(({ outcome }) => outcome !== 'gap' && outcome !== 'fork')
    // First what was written, then what came of it: the marks never know more than the witness.
    const known = this.options.device.read('contact').witness
    await this.options.device.write('contact', { witness: newerWitness(known, witness) })
    await this.options.outbox.answer(taken, epoch)
    if (taken.length > 0) this.options.onAnswered(taken)
    const other = results.find(({ outcome }) => outcome === 'gap' || outcome === 'fork')
    if (other?.outcome === 'fork') await this.#takeNewDeviceId(entries[0]?.n ?? 1)
    if (other?.outcome === 'gap') await this.#goBack(lastN)
  }

  /**
   * A copy of this browser's profile sends under the same numbers, or the outbox was lost and its numbers were given
   * again (rule O9): from `first` on the changes go up as another device's, under the numbers they have.
   */
  async #takeNewDeviceId(first: number): Promise<void> {
    const { device, outbox, newId, without } = this.options
    if (!without.has('new-name')) await device.write('device', { deviceId: newId(), startsAfter: first - 1, credential: null })
    await outbox.change(
      outbox.entries().filter(({ n }) => n >= first),
      (row) => (row.state === 'pending' ? null : { state: 'pending' }),
    )
    // The server learns of a new device from a greeting.
    this.#online = false
    this.options.transport.reconnect()
  }

  /** The server lacks changes that it once had: they are sent again from where it stands. */
  async #goBack(lastN: number): Promise<void> {
    const { outbox } = this.options
    await outbox.readAgain()
    const later = outbox.entries().filter(({ n }) => n > lastN)
    // Those in between are not here any more: nobody can fill that gap.
    if (later[0] && later[0].n > lastN + 1) return this.#takeNewDeviceId(later[0].n)
    await outbox.change(later, (row) => (row.state === 'pending' ? null : { state: 'pending' }))
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#stopped) return
    if (error instanceof Refused && error.signedOut) {
      this.#online = false
      return this.options.onSignedOut()
    }
    this.#failures += 1
    this.#again = true
    if (error instanceof StorageFailure) this.#problem = 'storage'
    else if (this.#failures >= MANY_FAILURES) this.#problem = 'server'
    this.options.onState({ sending: false, problem: this.#problem })
    const after = error instanceof Refused ? error.answer.retryAfterMs : undefined
    await this.options.wait(untilNextTry(this.#failures, this.options.patience, after))
  }

  /** The oldest rows that fit into one request. */
  #next(entries: OutboxEntry[]): OutboxEntry[] {
    let bytes = 0
    return entries.slice(0, this.#most).filter((entry, index) => {
      bytes += entry.change === null ? bytesOfVoid(entry) : entry.row.size
      return index === 0 || bytes < PUSH_BYTES * 0.75
    })
  }

  get #deviceId(): string {
    return this.options.device.read('device').deviceId
  }

  #toSend(entry: OutboxEntry, epoch: string): Change | VoidChange {
    const { row, change } = entry
    if (change === null) return voidOf(entry, this.#deviceId)
    const { seq } = row
    // It was answered before the server was restored: what was first then is first again (rule R4).
    const resent = seq > 0 && row.epoch !== '' && row.epoch !== epoch ? { resent: { epoch: row.epoch, seq } } : {}
    return { ...change, deviceId: this.#deviceId, ...resent }
  }
}
