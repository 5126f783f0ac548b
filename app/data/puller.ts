import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication'
import { Subject } from 'rxjs'
import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import { type Checkpoint, EVENTS, PULL_RECORDS, type PullAnswer } from '#domain/sync/protocol.ts'
import type { MirrorCollections } from './databases.ts'
import type { Transport } from './transport.ts'

type State = RxReplicationState<Record<string, unknown>, Checkpoint>

export interface PullerOptions {
  mirror: MirrorCollections
  transport: Transport
  /** Records that arrived in a page, for the progress of the first sync. */
  onPage: (records: number) => void
  /** The mirror of a collection holds everything up to `seq`. */
  onReached: (collection: CollectionName, seq: number) => void
  onError: (error: unknown) => void
  onSignedOut: () => void
  /** Until a pull that got no answer is asked again. */
  retryMs: number
}

interface Line {
  state: State
  resync: Subject<'RESYNC'>
  /** Answer of the last page, once it was the last one. */
  end: Checkpoint | null
  reached: number
}

/** RxDB's pull replication of every collection: the only writer of the mirror. */
export class Puller {
  readonly #lines = new Map<CollectionName, Line>()
  #online = false
  #stopped = false
  #waiting: (() => void)[] = []

  constructor(readonly options: PullerOptions) {
    for (const name of COLLECTION_NAMES) this.#lines.set(name, this.#start(name))
  }

  setOnline(online: boolean): void {
    this.#online = online
    if (!online) return
    for (const go of this.#waiting.splice(0)) go()
    for (const line of this.#lines.values()) line.resync.next('RESYNC')
  }

  /** Pulls from the stored checkpoint, unless this mirror has come to `seq` already. @returns whether it pulls */
  lookFor(collection: CollectionName, seq: number): boolean {
    const line = this.#lines.get(collection)
    if (line === undefined || seq <= line.reached) return false
    line.resync.next('RESYNC')
    return true
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const go of this.#waiting.splice(0)) go()
    await Promise.all([...this.#lines.values()].map(({ state }) => state.cancel()))
  }

  #start(name: CollectionName): Line {
    const resync = new Subject<'RESYNC'>()
    const state = replicateRxCollection<Record<string, unknown>, Checkpoint>({
      collection: this.options.mirror[name],
      replicationIdentifier: 'hims',
      live: true,
      waitForLeadership: false,
      retryTime: this.options.retryMs,
      pull: {
        batchSize: PULL_RECORDS,
        stream$: resync,
        handler: async (checkpoint) => this.#page(name, checkpoint ?? null),
      },
    })
    const line: Line = { state, resync, end: null, reached: 0 }
    state.error$.subscribe((error) => this.options.onError(error))
    state.active$.subscribe((active) => {
      if (!active) this.#settle(name, line)
    })
    return line
  }

  /** Waits for a connection instead of failing: offline is no error. */
  async #page(collection: CollectionName, checkpoint: Checkpoint | null) {
    while (!this.#online && !this.#stopped) await new Promise<void>((go) => this.#waiting.push(go))
    const line = this.#lines.get(collection)
    if (line) line.end = null
    if (this.#stopped) return { documents: [], checkpoint: checkpoint ?? undefined }
    const answer = await this.options.transport.request<PullAnswer>(EVENTS.pull, { collection, checkpoint, limit: PULL_RECORDS })
    if (!answer.ok && answer.problem === 'not-signed-in') this.options.onSignedOut()
    if (!answer.ok) throw new Error(`the server refused to send ${collection}: ${answer.problem}`)
    if (line && answer.documents.length < PULL_RECORDS) line.end = answer.checkpoint
    this.options.onPage(answer.documents.length)
    return { documents: answer.documents, checkpoint: answer.checkpoint }
  }

  /** A whole round is written: everything up to its end is in the mirror. */
  #settle(name: CollectionName, line: Line): void {
    if (line.end === null) return
    line.reached = Math.min(...Object.values(line.end.facilities))
    this.options.onReached(name, line.reached)
  }
}
