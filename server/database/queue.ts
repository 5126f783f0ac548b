/** Runs one piece of work after the other, in the order they came. */
export class WriterQueue {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Resolves when everything that was asked so far has ended. */
  async idle(): Promise<void> {
    await this.#last
  }
}
