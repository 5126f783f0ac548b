import { refuse } from '#domain/problem.ts'

const AT_ONCE = 2
const LONGEST_QUEUE = 20

/**
 * One argon2id takes 19 MiB and about 180 ms of a core. Without a limit a burst of sign-ins would stop everything
 * else; with it the 23rd at a time hears `busy` at once.
 */
export class HashLine {
  #running = 0
  #waiting: (() => void)[] = []

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) await this.#turn()
    else this.#running += 1
    try {
      return await work()
    } finally {
      this.#pass()
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= LONGEST_QUEUE) refuse('busy', 'too many passwords are being checked')
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The place goes to the next in the queue, so that nobody who comes later takes it. */
  #pass(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}
