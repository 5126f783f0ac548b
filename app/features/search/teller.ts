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
  /** The list that was gone through last. */
  #compared: readonly { record: T }[] = []
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
    this.#compared = []
    this.update(this.#records)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /**
   * Finds what is new: a record that has not changed is the same object, in the same place of the list nearly always. Only
   * the places that differ are looked at: going through a whole facility after each save would be felt.
   */
  #tell(): void {
    this.#isBehind = false
    const before = this.#compared
    const now = this.#records
    this.#compared = now
    const come = new Map<string, T>()
    const left: string[] = []
    for (let place = 0; place < Math.max(before.length, now.length); place += 1) {
      const [was, is] = [before[place]?.record, now[place]?.record]
      if (was === is) continue
      if (was !== undefined) left.push(was.id)
      if (is !== undefined) come.set(is.id, is)
    }
    for (const [id, record] of come) this.#await(id, this.options.isTold(record) ? record : null)
    for (const id of left) if (!come.has(id)) this.#await(id, null)
    this.#post()
  }

  /** Nothing has to be said of what was told already, nor that somebody is gone who was never told of. */
  #await(id: string, record: T | null): void {
    if ((this.#told.get(id) ?? null) === record) this.#waiting.delete(id)
    else this.#waiting.set(id, record)
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
