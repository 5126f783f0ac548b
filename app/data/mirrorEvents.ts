import type { CollectionName } from '#domain/collections.ts'
import type { RecordMemory } from './memory.ts'
import { alive, type MirrorRow } from './readRows.ts'

/** As many that are gone are remembered, so that a late word of one of them is known to be late. */
const MOST_GONE = 10_000

export interface MirrorEventsOptions {
  memory: RecordMemory
  /** What lies on the disk of these records now, the deleted ones too. */
  stored: (name: CollectionName, ids: string[]) => Promise<MirrorRow[]>
  announce: () => void
}

/**
 * What any tab writes to the mirror, as this tab hears of it. Two tabs lead one after the other, and what the first wrote
 * may be heard after what the second did: a word that is older than what is known is asked of the disk, which holds what
 * stands (rules O12, S8). A mirror that is rebuilt or repaired may stand at an older number by right.
 */
export class MirrorEvents {
  readonly #gone = new Map<string, number>()
  /** Records that the disk is being asked about; true when a newer word has come meanwhile. */
  readonly #asked = new Map<string, boolean>()

  constructor(readonly options: MirrorEventsOptions) {}

  hear(name: CollectionName, rows: readonly MirrorRow[]): void {
    const late: string[] = []
    for (const row of rows) {
      const id = String(row.id)
      if (Number(row.seq) < this.#known(name, id)) late.push(id)
      else this.#take(name, id, row)
    }
    this.options.announce()
    if (late.length > 0) void this.#ask(name, late)
  }

  #known(name: CollectionName, id: string): number {
    return Math.max(this.options.memory.mirrorSeq(name, id), this.#gone.get(`${name}/${id}`) ?? 0)
  }

  #take(name: CollectionName, id: string, row: MirrorRow | undefined): void {
    const key = `${name}/${id}`
    if (this.#asked.has(key)) this.#asked.set(key, true)
    const record = row === undefined ? null : alive(row)
    if (record !== null) this.#gone.delete(key)
    else if (row !== undefined) this.#remember(key, Number(row.seq))
    this.options.memory.putMirror(name, id, record)
  }

  #remember(key: string, seq: number): void {
    this.#gone.set(key, seq)
    const oldest = this.#gone.keys().next()
    if (this.#gone.size > MOST_GONE && !oldest.done) this.#gone.delete(oldest.value)
  }

  async #ask(name: CollectionName, ids: string[]): Promise<void> {
    for (const id of ids) this.#asked.set(`${name}/${id}`, false)
    // A disk that does not answer has been closed, or says so where it is written to.
    const rows = await this.options.stored(name, ids).catch(() => null)
    const found = new Map(rows?.map((row) => [String(row.id), row]))
    for (const id of ids) {
      const overtaken = this.#asked.get(`${name}/${id}`) !== false
      this.#asked.delete(`${name}/${id}`)
      if (rows !== null && !overtaken) this.#take(name, id, found.get(id))
    }
    this.options.announce()
  }
}
