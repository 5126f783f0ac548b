/** Where every history begins: 2026-01-05 06:00 UTC. */
export const BEGIN = Date.UTC(2026, 0, 5, 6)
/** A history that needs more steps than this runs in a circle. */
const MOST_STEPS = 400_000

interface Timer {
  at: number
  order: number
  run: () => void
  every: number | null
}

const real = { setTimeout, setInterval, clearTimeout, clearInterval }
const realClock = { now: Date.now, performance: performance.now.bind(performance) }
const realSetImmediate = setImmediate

/**
 * The one clock and the one queue of a simulated history. Nothing happens between two of its steps: after each, all
 * promises that can go on have gone on, and what the server has begun has ended.
 */
export class VirtualTime {
  now = BEGIN
  steps = 0
  readonly #timers: Timer[] = []
  readonly #byHandle = new Map<number, Timer>()
  #order = 0
  #outside = 0

  /** Timers and clock of everything that runs in this process, until `uninstall`. */
  install(): void {
    const handle = (order: number) => Object.assign(Object(order), { ref: () => undefined, unref: () => undefined, hasRef: () => true })
    const later = (run: (...words: unknown[]) => void, ms = 0, ...words: unknown[]) => handle(this.#add(ms, () => run(...words), null))
    const every = (run: (...words: unknown[]) => void, ms = 0, ...words: unknown[]) => handle(this.#add(ms, () => run(...words), ms))
    const clear = (order: unknown) => this.#cancel(Number(order))
    Object.assign(globalThis, {
      setTimeout: later,
      setInterval: every,
      clearTimeout: clear,
      clearInterval: clear,
    })
    Date.now = () => this.now
    performance.now = () => this.now - BEGIN
  }

  uninstall(): void {
    Object.assign(globalThis, real)
    Date.now = realClock.now
    performance.now = realClock.performance
  }

  /** @returns the way to give it up */
  after(ms: number, run: () => void): () => void {
    const order = this.#add(ms, run, null)
    return () => this.#cancel(order)
  }

  wait = (ms: number): Promise<void> => new Promise((resolve) => void this.#add(ms, resolve, null))

  /** Work on real files or threads: virtual time stands still until it has ended. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1
    try {
      return await work
    } finally {
      this.#outside -= 1
    }
  }

  /** Lets everything happen that is due within `ms`. */
  async run(ms: number): Promise<void> {
    const until = this.now + Math.ceil(ms)
    await this.#settle()
    for (let next = this.#timers[0]; next !== undefined && next.at <= until; next = this.#timers[0]) await this.#step(next)
    this.now = until
  }

  /** Runs until `work` has ended, at most `ms`. */
  async until<T>(work: Promise<T>, ms = 60_000): Promise<T> {
    let ended = false
    const end = () => {
      ended = true
    }
    work.then(end, end)
    const latest = this.now + ms
    await this.#settle()
    for (let next = this.#timers[0]; !ended && next !== undefined && next.at <= latest; next = this.#timers[0]) await this.#step(next)
    if (!ended) throw new Error(`what should have ended within ${ms} ms of virtual time has not`)
    return work
  }

  async #step(timer: Timer): Promise<void> {
    this.#timers.shift()
    this.steps += 1
    if (this.steps > MOST_STEPS) throw new Error('the history runs in a circle')
    this.now = Math.max(this.now, timer.at)
    if (timer.every === null) this.#byHandle.delete(timer.order)
    else this.#insert(Object.assign(timer, { at: this.now + Math.max(1, timer.every) }))
    timer.run()
    await this.#settle()
  }

  async #settle(): Promise<void> {
    do await new Promise((resolve) => realSetImmediate(resolve))
    while (this.#outside > 0)
  }

  #add(ms: number, run: () => void, every: number | null): number {
    this.#order += 1
    const timer = { at: this.now + Math.max(0, Math.ceil(Number(ms) || 0)), order: this.#order, run, every }
    this.#insert(timer)
    this.#byHandle.set(timer.order, timer)
    return timer.order
  }

  #insert(timer: Timer): void {
    let index = this.#timers.length
    while (index > 0 && (this.#timers[index - 1]?.at ?? 0) > timer.at) index -= 1
    this.#timers.splice(index, 0, timer)
  }

  #cancel(order: number): void {
    const timer = this.#byHandle.get(order)
    if (timer === undefined) return
    this.#byHandle.delete(order)
    const index = this.#timers.indexOf(timer)
    if (index >= 0) this.#timers.splice(index, 1)
  }
}
