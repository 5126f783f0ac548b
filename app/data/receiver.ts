import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { isShared } from '#domain/facilities/place.ts'
import type { Without } from '#domain/sync/guards.ts'
import {
  EVENTS,
  type MovedEvent,
  PULL_RECORDS,
  type PullAnswer,
  type PulledRecord,
  type RepairAnswer,
  type RepairRequest,
} from '#domain/sync/protocol.ts'
import { roomsOf } from '#domain/sync/rooms.ts'
import { bringFirstPages } from './firstPages.ts'
import { leaveRooms } from './leaveRooms.ts'
import type { RecordMemory } from './memory.ts'
import type { Mirror } from './mirror.ts'
import type { Notes } from './notes.ts'
import { answered, OtherEpoch, Refused, StorageFailure } from './problems.ts'
import type { Progress, ProgressOf } from './progress.ts'
import { mendedBy, toGone } from './repairs.ts'
import { type Patience, untilNextTry } from './retry.ts'
import type { Transport } from './transport.ts'
import { newerWitness } from './witness.ts'

export interface ReceiverOptions {
  mirror: Mirror
  memory: RecordMemory
  progress: Notes<ProgressOf>
  transport: Transport
  patience: Patience
  wait: (ms: number) => Promise<void>
  without: Without
  /** A page of the first sync is here. */
  onArrived: () => void
  /** These have left, or were deleted; the checkpoint waits until that is noted. */
  onGone: (collection: CollectionName, gone: readonly PulledRecord[]) => Promise<void>
  /** The mirror of a collection has moved on. */
  onMovedOn: (collection: CollectionName) => void
  /** Everything the server has said is here. */
  onRest: () => void
  onSignedOut: () => void
  /** The server's numbers are of another epoch than the greeting said. */
  onOtherEpoch: () => void
  onStorage: (failure: StorageFailure) => void
}

/** What a collection is doing. One thing at a time, so that nothing older is written over something newer. */
interface Line {
  running: boolean
  /** Something may be missing: pull. */
  needed: boolean
  /** Live messages come to be dropped: a pull is under way, and one after it covers them. */
  pulling: boolean
  live: MovedEvent[]
  repairs: (() => Promise<void>)[]
  failures: number
  /** While the mirror is rebuilt: the ids that are in the new epoch. */
  seen: Set<string> | null
}

/** Brings records down: first pages, catching up, live messages and repairs (domain/sync/SPEC.md, S, F and C). */
export class Receiver {
  readonly #lines = new Map<CollectionName, Line>()
  #rooms: readonly string[] = []
  #epoch: string | null = null
  #online = false
  #stopped = false

  constructor(readonly options: ReceiverOptions) {
    for (const name of COLLECTION_NAMES) {
      this.#lines.set(name, { running: false, needed: true, pulling: false, live: [], repairs: [], failures: 0, seen: null })
    }
    options.transport.onMoved((event) => this.#onMoved(event))
  }

  /** After a greeting; whatever was missed meanwhile is caught up with. */
  setOnline(rooms: readonly string[], epoch: string): void {
    // What came for a mirror of another epoch says nothing of what is in this one: put back twice, it is begun anew.
    if (epoch !== this.#epoch) for (const line of this.#lines.values()) line.seen = null
    this.#rooms = rooms
    this.#epoch = epoch
    this.#online = true
    for (const name of COLLECTION_NAMES) this.lookFor(name)
  }

  setOffline(): void {
    this.#online = false
    for (const line of this.#lines.values()) line.live = []
  }

  stop(): void {
    this.#stopped = true
    this.setOffline()
  }

  lookFor(name: CollectionName): void {
    this.#line(name).needed = true
    void this.#run(name)
  }

  /**
   * The number up to which the collection is here: 0 while a room is missing. A room that was taken from the account
   * counts as long as its records are here.
   */
  reached(name: CollectionName): number {
    const { cursors, arriving } = this.#progress(name)
    const rooms = new Set([...roomsOf(name, this.#rooms), ...Object.keys(cursors), ...Object.keys(arriving)])
    // An account without a facility waits for nothing; before the first greeting nobody knows which it has.
    if (rooms.size === 0) return this.#epoch === null ? 0 : Number.MAX_SAFE_INTEGER
    return Math.min(...[...rooms].map((room) => cursors[room] ?? 0))
  }

  /** Rooms whose records this device is to hold. */
  roomsHere(name: CollectionName): string[] {
    return roomsOf(name, this.#rooms)
  }

  cursor(name: CollectionName, room: string): number | undefined {
    return this.#progress(name).cursors[room]
  }

  /** Nothing is missing as far as this device knows, and nothing is under way. */
  get atRest(): boolean {
    return this.#online && [...this.#lines.values()].every(({ running, needed }) => !running && !needed)
  }

  /** @returns how many records it mended, and whether it has to be asked again for what was left out */
  repair({ collection, room, cells }: RepairRequest, { records, head }: RepairAnswer): Promise<{ mended: number; again: boolean }> {
    return new Promise((resolve, reject) => {
      const line = this.#line(collection)
      line.repairs.push(async () => {
        const cursor = this.cursor(collection, room) ?? 0
        const { documents, again, isBehind } = mendedBy({ memory: this.options.memory, collection, room, cells, cursor }, { records, head })
        if (isBehind) line.needed = true
        await this.options.mirror.write(collection, documents, { upTo: head }).then((mended) => resolve({ mended, again }), reject)
      })
      void this.#run(collection)
    })
  }

  #line(name: CollectionName): Line {
    const line = this.#lines.get(name)
    if (line === undefined) throw new RangeError(`no such collection: ${name}`)
    return line
  }

  #progress(name: CollectionName): Progress {
    return this.options.progress.read(name)
  }

  #onMoved(event: MovedEvent): void {
    if (!this.#online) return
    const line = this.#line(event.collection)
    if (line.pulling) line.needed = true
    else line.live.push(event)
    void this.#run(event.collection)
  }

  async #run(name: CollectionName): Promise<void> {
    const line = this.#line(name)
    if (line.running) return
    line.running = true
    while (this.#online && !this.#stopped && (line.needed || line.live.length > 0 || line.repairs.length > 0)) {
      await this.#step(name, line).then(
        () => {
          line.failures = 0
        },
        (error) => this.#failed(line, error),
      )
    }
    line.running = false
    if (this.atRest) this.options.onRest()
  }

  async #step(name: CollectionName, line: Line): Promise<void> {
    const repair = line.repairs.shift()
    if (repair) return repair()
    if (!line.needed) return this.#takeLive(name, line)
    line.needed = false
    line.live = []
    line.pulling = true
    try {
      await this.#catchUp(name, line)
    } finally {
      line.pulling = false
    }
  }

  async #failed(line: Line, error: unknown): Promise<void> {
    line.needed = true
    line.failures += 1
    if (this.#stopped) return
    if (error instanceof OtherEpoch) {
      this.setOffline()
      return this.options.onOtherEpoch()
    }
    if (error instanceof StorageFailure) this.options.onStorage(error)
    if (error instanceof Refused && error.signedOut) return this.options.onSignedOut()
    const after = error instanceof Refused ? error.answer.retryAfterMs : undefined
    await this.options.wait(untilNextTry(line.failures, this.options.patience, after))
  }

  async #catchUp(name: CollectionName, line: Line): Promise<void> {
    if (this.#progress(name).epoch === null) await this.options.progress.write(name, { epoch: this.#epoch })
    if (this.#progress(name).epoch !== this.#epoch) throw new OtherEpoch()
    if (this.#progress(name).rebuilding && line.seen === null) {
      // What the pages before a restart of the app brought is not known any more: they come again.
      line.seen = new Set()
      await this.options.progress.write(name, { cursors: {}, arriving: {} })
    }
    if (await leaveRooms(this.options, name, this.roomsHere(name))) this.options.onMovedOn(name)
    // What is shared is little, and a room of it may begin at any time: the pull brings it from its beginning (rule S15).
    const missing = roomsOf(name, this.#rooms).filter((room) => this.cursor(name, room) === undefined && !isShared(room))
    await bringFirstPages(this.options, { collection: name, epoch: this.#epoch, seen: line.seen }, missing)
    if (line.seen !== null) await this.#dropUnseen(name, line)
    await this.#pull(name)
  }

  /** The mirror of the epoch before held them; this one does not. */
  async #dropUnseen(name: CollectionName, line: Line): Promise<void> {
    const gone = [...this.options.memory.mirror(name)].filter(({ id }) => !line.seen?.has(id))
    await this.options.mirror.write(name, gone.map(toGone))
    await this.options.progress.write(name, { rebuilding: false, before: null })
    line.seen = null
  }

  async #pull(collection: CollectionName): Promise<void> {
    for (;;) {
      const { epoch, cursors } = this.#progress(collection)
      const checkpoint = { epoch: epoch ?? '', facilities: cursors }
      const request = { collection, checkpoint, limit: PULL_RECORDS }
      const answer = answered(await this.options.transport.request<PullAnswer>(EVENTS.pull, request))
      if (answer.checkpoint.epoch !== this.#epoch) throw new OtherEpoch()
      this.#learnShared(Object.keys(answer.checkpoint.facilities))
      const rooms = roomsOf(collection, this.#rooms)
      const reached = Object.entries(answer.checkpoint.facilities).filter(([room]) => rooms.includes(room))
      await this.#take(collection, answer.documents, Object.fromEntries(reached), answer.witness)
      if (answer.documents.length < PULL_RECORDS) return
    }
  }

  /** Rule S15: a room that began while this tablet was connected is its own from the first pull on that tells of it. */
  #learnShared(rooms: readonly string[]): void {
    const fresh = rooms.filter((room) => isShared(room) && !this.#rooms.includes(room))
    if (fresh.length === 0) return
    this.#rooms = [...this.#rooms, ...fresh]
    for (const name of COLLECTION_NAMES) this.lookFor(name)
  }

  /** Live messages in their order: what is known is dropped, and a gap makes the device pull (rule S7). */
  async #takeLive(name: CollectionName, line: Line): Promise<void> {
    const cursors = { ...this.#progress(name).cursors }
    const documents: PulledRecord[] = []
    let newest: string | null = null
    for (const { epoch, room, prev, seq, records, witness } of line.live.splice(0)) {
      if (epoch !== this.#epoch) throw new OtherEpoch()
      const cursor = cursors[room]
      const guarded = !this.options.without.has('stream-gap')
      if (cursor !== undefined && seq <= cursor) continue
      if (cursor === undefined || records === null || (cursor < prev && guarded)) {
        line.needed = true
        break
      }
      documents.push(...(records as PulledRecord[]))
      cursors[room] = seq
      newest = newerWitness(newest, witness)
    }
    await this.#take(name, documents, cursors, newest)
  }

  /** Records first, then how far they go (rule F3). */
  async #take(name: CollectionName, documents: PulledRecord[], cursors: Record<string, number>, witness: string | null): Promise<void> {
    const known = this.#progress(name)
    const values = { cursors: { ...known.cursors, ...cursors }, witness: newerWitness(known.witness, witness) }
    if (this.options.without.has('checkpoint-last')) await this.options.progress.write(name, values)
    if (documents.length > 0) await this.options.mirror.write(name, documents)
    const gone = documents.filter(({ _deleted }) => _deleted)
    if (gone.length > 0) await this.options.onGone(name, gone)
    // A cursor that moved past nothing may be lost: the same nothing is pulled again.
    if (documents.length > 0) await this.options.progress.write(name, values)
    else this.options.progress.remember(name, values)
    this.options.onMovedOn(name)
  }
}
