import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { type AnyRecord, type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Without } from '#domain/sync/guards.ts'
import { addTo, CELLS, cellOf } from '#domain/sync/manifest.ts'
import {
  type Answer,
  EVENTS,
  type ManifestRequest,
  type MovedEvent,
  type PullRequest,
  type RepairRequest,
  SNAPSHOT_RECORDS,
  type SnapshotPage,
  type SnapshotRequest,
  type Welcome,
} from '#domain/sync/protocol.ts'
import { Cipher } from './cipher.ts'
import { createTablet, type TabletOptions } from './createTablet.ts'
import { encryptedStorage } from './encryptedStorage.ts'
import { soleLeadership } from './leader.ts'
import type { StateChannel } from './stateChannel.ts'
import type { Transport, TransportState } from './transport.ts'

/**
 * A server that says exactly what a test wants, in the order it wants: for the guards of the device, whose faults need a
 * wrong message at a wrong moment. Whole histories run against the real one (tests/sync).
 */
export class ScriptedServer implements Transport {
  epoch = 'e1'
  head = 100
  rooms = ['*', 'north']
  welcome: Partial<Welcome> = {}
  /** The present records of 'north' and '*', by collection. */
  readonly records = new Map<CollectionName, Map<string, AnyRecord>>()
  readonly asked: string[] = []
  /** Answers an event in its own way; null leaves it to the server. */
  script: (event: string, body: never) => Promise<Answer<object>> | null = () => null
  /** Called before a page is answered. */
  beforePage: (request: SnapshotRequest) => Promise<void> | void = () => undefined
  #state: (state: TransportState) => void = () => undefined
  #moved: (moved: MovedEvent) => void = () => undefined

  put(collection: CollectionName, record: Partial<AnyRecord> & { id: string }): AnyRecord {
    this.head += 1
    const header = { seq: this.head, createdAt: 1, createdBy: 'a', updatedAt: 1, updatedBy: 'a' }
    const known = this.#of(collection).get(record.id)
    const whole = { ...collections[collection].absent, facilityId: 'north', ...known, ...header, ...record } as AnyRecord
    this.#of(collection).set(whole.id, whole)
    return whole
  }

  take(collection: CollectionName, id: string): void {
    this.head += 1
    this.#of(collection).delete(id)
  }

  /** A live message, as the server would send it or not. */
  say(event: Partial<MovedEvent> & Pick<MovedEvent, 'prev' | 'seq' | 'records'>): void {
    this.#moved({ epoch: this.epoch, collection: 'clients', room: 'north', witness: null, ...event })
  }

  connect = () => this.#state('connected')
  disconnect = () => this.#state('disconnected')

  async request<T>(event: string, body: unknown): Promise<Answer<T>> {
    this.asked.push(event)
    const scripted = this.script(event, body as never)
    return (await (scripted ?? this.#answer(event, structuredClone(body)))) as Answer<T>
  }

  async snapshot(request: SnapshotRequest): Promise<SnapshotPage> {
    this.asked.push(`page ${request.collection} ${request.recent ? 'recent' : (request.after ?? '')}`)
    const head = { epoch: this.epoch, seq: this.head, witness: null }
    const all = this.#inRoom(request.collection, request.room)
    await this.beforePage(request)
    const sorted = request.recent ? all.sort((a, b) => b.seq - a.seq) : all.sort((a, b) => (a.id < b.id ? -1 : 1))
    const page = request.recent ? sorted.slice(0, 2) : sorted.filter(({ id }) => id > (request.after ?? '')).slice(0, SNAPSHOT_RECORDS)
    return { ...head, total: all.length, records: structuredClone(page) }
  }

  onState(listener: (state: TransportState) => void): void {
    this.#state = listener
  }
  onMoved(listener: (moved: MovedEvent) => void): void {
    this.#moved = listener
  }
  onPresence(): void {}
  open(): void {}
  reconnect(): void {
    this.asked.push('reconnect')
    queueMicrotask(() => this.#state('connected'))
  }
  close(): void {}

  async #answer(event: string, body: unknown): Promise<Answer<Record<string, unknown>>> {
    if (event === EVENTS.hello) {
      const { epoch, rooms } = this
      const known = { epochSeq: 0, backedUpSeq: 0, lastN: 0, account: 'amina', witness: null, credential: null }
      return { ok: true, verdict: 'ok', time: 0, epoch, rooms, ...known, ...this.welcome }
    }
    if (event === EVENTS.pull) return this.#pull(body as PullRequest)
    if (event === EVENTS.manifest) return { ok: true, epoch: this.epoch, head: this.head, sums: this.#sums(body as ManifestRequest) }
    if (event === EVENTS.repair) return this.#repair(body as RepairRequest)
    return { ok: true }
  }

  #pull({ collection, checkpoint }: PullRequest): Answer<Record<string, unknown>> {
    const since = Math.min(...Object.values(checkpoint?.facilities ?? { '': 0 }))
    const documents = [...this.#of(collection).values()].filter(({ seq }) => seq > since).map((record) => ({ ...record, _deleted: false }))
    const facilities = Object.fromEntries(this.rooms.map((room) => [room, this.head]))
    return { ok: true, documents: structuredClone(documents), checkpoint: { epoch: this.epoch, facilities }, witness: null }
  }

  #sums({ of }: ManifestRequest) {
    const places = of ? [of] : this.rooms.map((room) => ({ collection: 'clients' as const, room }))
    return places.flatMap(({ collection, room }) => {
      const records = this.#inRoom(collection, room)
      const cells = of ? Array.from({ length: CELLS }, (_, cell) => cell) : [null]
      return cells.map((cell) => {
        const sum = { count: 0, low: 0, high: 0, seq: Math.max(0, ...records.map(({ seq }) => seq)), collection, room, cell }
        for (const { id, seq } of records) if (cell === null || cellOf(id) === cell) addTo(sum, id, seq, 1)
        return sum
      })
    })
  }

  #repair({ collection, room, cells }: RepairRequest): Answer<Record<string, unknown>> {
    const records = this.#inRoom(collection, room).filter(({ id }) => cells.includes(cellOf(id)))
    return { ok: true, epoch: this.epoch, head: this.head, records: structuredClone(records) }
  }

  #of(collection: CollectionName): Map<string, AnyRecord> {
    const known = this.records.get(collection) ?? new Map<string, AnyRecord>()
    this.records.set(collection, known)
    return known
  }

  #inRoom(collection: CollectionName, room: string): AnyRecord[] {
    return [...this.#of(collection).values()].filter((record) => collections[collection].roomOf(record as unknown as Fields) === room)
  }
}

/** As on a real tablet: everything that runs on it runs encrypted. */
export const testStorage = encryptedStorage(getRxStorageMemory(), await Cipher.of(await testKey()))

export function testKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const channel: StateChannel = {
  post: () => undefined,
  onState: () => undefined,
  ask: () => Promise.resolve(null),
  onAsk: () => undefined,
  postPresence: () => undefined,
  onPresence: () => undefined,
  silence: () => undefined,
  close: () => undefined,
}
export const amina: SignedInAccount = { id: 'amina', name: 'Amina', email: 'a@example.org', roles: ['doctor'], facilities: ['north'] }

/** A tablet of Amina's on RxDB's memory storage. The same name opens the same data again. */
export async function openTestTablet(server: Transport, name: string, without: Without = new Set(), options: Partial<TabletOptions> = {}) {
  let ids = 0
  const tablet = await createTablet({
    account: amina,
    databases: { storage: testStorage, name, multiInstance: false },
    connect: () => server,
    leadership: soleLeadership(),
    channel,
    app: 'test',
    now: () => 1_000,
    random: () => 0.5,
    randomBytes: (count) => new Uint8Array(count).fill(7),
    newId: () => {
      ids += 1
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
    },
    wait: (ms) => new Promise((resolve) => (ms >= 3_600_000 ? undefined : setTimeout(resolve, Math.min(ms, 5)))),
    visible: () => true,
    unsentCounts: { note: () => undefined, all: () => [] },
    wiping: { read: () => null, write: () => undefined },
    onGone: () => undefined,
    without,
    ...options,
  })
  while (!tablet.sync().loaded) await new Promise((resolve) => setTimeout(resolve, 1))
  return tablet
}
