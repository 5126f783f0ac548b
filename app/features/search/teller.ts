/** Long enough for the page to be drawn, and for the records of a first reception to come together. */
const WHEN_QUIET_MS = 300
/** Told of at once: the page is busy with them for a few milliseconds. */
const PORTION = 1_000

export interface TellerOptions<T extends { id: string }> {
  isTold: (record: T) => boolean
  post: (records: readonly T[], gone: readonly string[]) => void
}

/** Tells a thread of the records of this page, in portions, and afterwards of what has changed. */
export class Teller<T extends { id: string }> {
  readonly #told = new Map<string, T>()
  readonly #waiting = new Map<string, T | null>()
  #records: readonly { record: T }[] = []
  /** They changed while the thread was still being told of those before. */
  #isBehind = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly options: TellerOptions<T>) {}

  update(records: readonly { record: T }[]): void {
    this.#records = records
    this.#isBehind = true
    this.#timer ??= setTimeout(() => this.#tell(), WHEN_QUIET_MS)
  }

  /** Somebody else listens from now on, who knows nothing. */
  again(): void {
    this.#told.clear()
    this.update(this.#records)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Finds what is new: a record that has not changed is the same object. */
  #tell(): void {
    this.#isBehind = false
    const here = new Set<string>()
    for (const { record } of this.#records) {
      if (!this.options.isTold(record)) continue
      here.add(record.id)
      if (this.#told.get(record.id) !== record) this.#waiting.set(record.id, record)
      else this.#waiting.delete(record.id)
    }
    for (const id of this.#told.keys()) if (!here.has(id)) this.#waiting.set(id, null)
    this.#post()
  }

  #post(): void {
    const records: T[] = []
    const gone: string[] = []
    for (const [id, record] of this.#waiting) {
      if (records.length + gone.length === PORTION) break
      this.#waiting.delete(id)
      if (record === null) {
        this.#told.delete(id)
        gone.push(id)
      } else {
        this.#told.set(id, record)
        records.push(record)
      }
    }
    // Also when there is nobody: a question is to be answered.
    this.options.post(records, gone)
    this.#timer = this.#waiting.size > 0 ? setTimeout(() => this.#post()) : undefined
    if (this.#timer === undefined && this.#isBehind) this.update(this.#records)
  }
}
