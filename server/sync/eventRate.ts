/** A tablet that comes back says hello, pulls and pushes at once, then a few events a minute (docs/decisions/0026). */
const BURST_SECONDS = 5
/** Who goes on after this many refusals, without a pause in which the burst came back, is no tablet. */
const FLOOD_SECONDS = 20

/** How often one connection may ask: a bucket of tokens that fills by itself. */
export class EventRate {
  #tokens: number
  #at: number
  #refused = 0

  constructor(
    readonly perSecond: number,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#tokens = perSecond * BURST_SECONDS
    this.#at = now()
  }

  /** @returns 0 to go on, the milliseconds to come back after, or `flood` to end the connection */
  take(): number | 'flood' {
    this.#fill()
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    this.#refused += 1
    return this.#refused > this.perSecond * FLOOD_SECONDS ? 'flood' : BURST_SECONDS * 1000
  }

  #fill(): void {
    const most = this.perSecond * BURST_SECONDS
    const at = this.now()
    this.#tokens = Math.min(most, this.#tokens + ((at - this.#at) / 1000) * this.perSecond)
    this.#at = at
    if (this.#tokens === most) this.#refused = 0
  }
}
