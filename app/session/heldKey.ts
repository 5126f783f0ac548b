import type { WrappedKey } from './wrappedKey.ts'

/** The key of the account this tablet is unlocked for. One at a time, in the memory of its pages and of their worker. */
export interface Held {
  accountId: string
  /** null while the tablet is locked and a PIN may open it. */
  key: CryptoKey | null
  pin: PinLock | null
}

/** The data key once more, as a PIN opens it: in memory, and gone with the last page. */
export interface PinLock {
  wrapped: WrappedKey
  wrongTries: number
}

/** Other pages of this browser; and the worker, which lives on while a page is loaded again. */
export interface KeyChannel {
  post(message: TabMessage): void
  onMessage(listener: (message: TabMessage) => void): void
}
export interface KeyWorker {
  hold(held: Held): void
  drop(): void
  ask(): Promise<Held | null>
}

export type TabMessage =
  | { kind: 'who-holds' }
  | { kind: 'held'; held: Held }
  | { kind: 'unlocked'; accountId: string }
  | { kind: 'locked'; held: Held | null }
  | { kind: 'pin'; held: Held }
  | { kind: 'active' }

export interface HeldKeyOptions {
  channel: KeyChannel
  worker: KeyWorker
  /** Everything that is in this page's memory goes: records, index, forms. */
  startOver: () => void
  /** Somebody works in another page. */
  onActive: () => void
  wait: (ms: number) => Promise<void>
}

/** After so many wrong ones the PIN is forgotten. */
export const PIN_TRIES = 5

/** Pages answer within milliseconds; only a cold start waits as long. */
const ANSWER_MS = 250

export class HeldKey {
  #held: Held | null = null
  #answers: ((held: Held) => void)[] = []

  constructor(readonly options: HeldKeyOptions) {
    options.channel.onMessage((message) => this.#hear(message))
  }

  get held(): Held | null {
    return this.#held
  }

  /** This page's, the worker's or another page's; null when the tablet is locked. */
  async find(): Promise<Held | null> {
    if (this.#held !== null) return this.#held
    const { channel, worker, wait } = this.options
    const answered = new Promise<Held>((resolve) => this.#answers.push(resolve))
    channel.post({ kind: 'who-holds' })
    const ofPages = Promise.race([answered, wait(ANSWER_MS).then(() => null)])
    // The quicker of the two that has it; null only when neither has.
    const ofWorker = worker.ask().then((held) => held ?? ofPages)
    this.#held ??= await Promise.race([ofWorker, ofPages.then((held) => held ?? ofWorker)])
    return this.#held
  }

  /** The tablet is unlocked, here and in its other pages. */
  hold(held: Held): void {
    this.#held = held
    this.options.worker.hold(held)
    this.options.channel.post({ kind: 'unlocked', accountId: held.accountId })
  }

  /** A page that goes may be one that is loaded again: the worker keeps the key for the one that comes. */
  pass(): void {
    if (this.#held !== null) this.options.worker.hold(this.#held)
  }

  /** Drops the key everywhere. A PIN that was chosen remains to open it while the app runs. */
  lock(): void {
    const pin = this.#held?.pin ?? null
    this.#keep(this.#held && pin ? { accountId: this.#held.accountId, key: null, pin } : null)
    this.options.channel.post({ kind: 'locked', held: this.#held })
    this.options.startOver()
  }

  /** A PIN was chosen, or tried in vain: told to every page, so that nobody counts the tries anew. */
  keepPin(held: Held): void {
    this.#keep(held)
    this.options.channel.post({ kind: 'pin', held })
  }

  /** Somebody signs out: nothing remains, and this page goes elsewhere by itself. */
  leave(): void {
    this.#keep(null)
    this.options.channel.post({ kind: 'locked', held: null })
  }

  active(): void {
    this.options.channel.post({ kind: 'active' })
  }

  #keep(held: Held | null): void {
    this.#held = held
    if (held === null) this.options.worker.drop()
    else this.options.worker.hold(held)
  }

  #hear(message: TabMessage): void {
    if (message.kind === 'active') this.options.onActive()
    if (message.kind === 'who-holds' && this.#held !== null) this.options.channel.post({ kind: 'held', held: this.#held })
    if (message.kind === 'held') for (const answer of this.#answers.splice(0)) answer(message.held)
    if (message.kind === 'pin') this.#held = message.held
    if (message.kind === 'locked') {
      const wasOpen = this.#held?.key
      this.#held = message.held
      if (wasOpen) this.options.startOver()
    }
    if (message.kind === 'unlocked' && !this.#isOpenFor(message.accountId)) {
      // Found anew: from the page that unlocked.
      this.#held = null
      this.options.startOver()
    }
  }

  #isOpenFor(accountId: string): boolean {
    return this.#held?.accountId === accountId && this.#held.key !== null
  }
}
