/** Runs one piece of work after the other, in the order they came. */
export class WriterQueue {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /** @param then what follows from its result, before the next piece of work begins */
  run<T>(work: () => Promise<T>, then?: (result: T) => void): Promise<T> {
    this.#waiting += 1
    const result = this.#last
      .then(work)
      .then((result) => {
        then?.(result)
        return result
      })
      .finally(() => {
        this.#waiting -= 1
      })
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Pieces of work that have not ended. */
  get waiting(): number {
    return this.#waiting
  }

  /** Resolves when everything that was asked so far has ended. */
  async idle(): Promise<void> {
    await this.#last
  }
}
