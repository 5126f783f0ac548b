import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import type { Without } from '#domain/sync/guards.ts'
import { EVENTS, type ManifestAnswer, type ManifestRequest, type RepairAnswer, type RepairRequest } from '#domain/sync/protocol.ts'
import type { RecordMemory } from './memory.ts'
import { answered, StorageFailure } from './problems.ts'
import type { Receiver } from './receiver.ts'
import type { Transport } from './transport.ts'

export interface CheckerOptions {
  memory: RecordMemory
  receiver: Receiver
  transport: Transport
  /** What is here is what the server has. */
  onCompared: () => Promise<void>
  /** Records that had to be mended. */
  onRepaired: (records: number) => Promise<void>
  onStorage: (failure: StorageFailure) => void
  without: Without
}

/** Records of one repair, about 3.5 MB. */
const REPAIR_RECORDS = 5_000

type Cell = ManifestAnswer['sums'][number]
type Place = { collection: CollectionName; room: string }
interface Sum {
  count: number
  low: number
  high: number
}

/** Compares what this tablet holds with what the server holds, and mends what differs (rules C2, C3). */
export class Checker {
  /** Since this run began everything was the same once, or was mended. */
  hasCompared: boolean
  #due = false
  #running = false

  constructor(readonly options: CheckerOptions) {
    // Nothing is to be compared then.
    this.hasCompared = options.without.has('manifest')
  }

  /** Ask for a check; it is made as soon as nothing is on its way. */
  ask(): void {
    this.#due = true
    void this.look()
  }

  /** To be called whenever the receiver may have come to rest. */
  async look(): Promise<void> {
    if (!this.#due || this.#running || !this.options.receiver.atRest || this.options.without.has('manifest')) return
    this.#due = false
    this.#running = true
    try {
      await this.#compare()
    } catch (error) {
      // No answer: the next greeting asks again. A device that cannot write says so.
      if (error instanceof StorageFailure) this.options.onStorage(error)
    } finally {
      this.#running = false
    }
    // Asked again meanwhile, and what was on its way may be here already.
    if (this.#due) await this.look()
  }

  async #compare(): Promise<void> {
    const { head, sums } = await this.#ask(null)
    let covered = true
    for (const place of this.#places(sums)) {
      const theirs = sums.find((sum) => sum.collection === place.collection && sum.room === place.room) ?? NOTHING
      if (!this.#covers(place, theirs.seq, head)) {
        covered &&= !this.options.receiver.roomsHere(place.collection).includes(place.room)
        continue
      }
      const ours = total(this.options.memory.cells(place.collection, place.room))
      if (!isSame(ours, theirs)) await this.#repair(place)
    }
    this.hasCompared ||= covered
    if (this.hasCompared) await this.options.onCompared()
    // What moved meanwhile is on its way: once it is here, all of it is compared for the first time.
    else this.#due = true
  }

  /** What the server names, and what is here although the server does not name it. */
  #places(sums: readonly Cell[]): Place[] {
    const places = new Map(sums.map(({ collection, room }) => [`${collection}/${room}`, { collection, room }]))
    for (const collection of COLLECTION_NAMES) {
      for (const room of this.options.receiver.roomsHere(collection)) places.set(`${collection}/${room}`, { collection, room })
    }
    return [...places.values()]
  }

  /** Behind or ahead of what was summed up is no difference. */
  #covers({ collection, room }: Place, seq: number, head: number): boolean {
    const cursor = this.options.receiver.cursor(collection, room)
    if (cursor === undefined || cursor > head) return false
    if (cursor >= seq) return true
    // A head that moved without a message (rule S12).
    this.options.receiver.lookFor(collection)
    return false
  }

  async #repair({ collection, room }: Place): Promise<void> {
    const { sums } = await this.#ask({ collection, room })
    const theirs = new Map(sums.map((sum) => [sum.cell, sum]))
    const ours = this.options.memory.cells(collection, room)
    const cells = ours.flatMap((sum, cell) => (isSame(sum, theirs.get(cell) ?? NOTHING) ? [] : [cell]))
    for (const some of together(cells, (cell) => theirs.get(cell)?.count ?? 0)) await this.#fetch({ collection, room, cells: some })
  }

  async #fetch(request: RepairRequest): Promise<void> {
    const answer = answered(await this.options.transport.request<RepairAnswer>(EVENTS.repair, request))
    const { mended, again } = await this.options.receiver.repair(request, answer)
    if (again) this.#due = true
    if (mended > 0) await this.options.onRepaired(mended)
  }

  async #ask(of: ManifestRequest['of']): Promise<ManifestAnswer> {
    return answered(await this.options.transport.request<ManifestAnswer>(EVENTS.manifest, { of } satisfies ManifestRequest))
  }
}

/** Cells in parts that one answer can hold: the server refuses more than 20,000 records, and a slow line takes a while for 5,000. */
function together(cells: readonly number[], countOf: (cell: number) => number): number[][] {
  const parts: number[][] = []
  let records = 0
  for (const cell of cells) {
    records += countOf(cell)
    const part = parts.at(-1)
    if (part !== undefined && records <= REPAIR_RECORDS) part.push(cell)
    else {
      parts.push([cell])
      records = countOf(cell)
    }
  }
  return parts
}

const NOTHING = { count: 0, low: 0, high: 0, seq: 0 }
const HALF = 2 ** 32

function total(cells: readonly Sum[]): Sum {
  const sum = { count: 0, low: 0, high: 0 }
  for (const { count, low, high } of cells) {
    sum.count += count
    sum.low = (sum.low + low) % HALF
    sum.high = (sum.high + high) % HALF
  }
  return sum
}

function isSame(a: Sum, b: Sum): boolean {
  return a.count === b.count && a.low === b.low && a.high === b.high
}
