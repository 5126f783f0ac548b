import type { Seeded } from '../seeded.ts'
import type { VirtualTime } from './time.ts'

type Step = 'read' | 'write' | 'written'

/** The running of one tab, from opening to closing or to being cut off. What was cut off never goes on. */
export class Power {
  on = true
  /** Ends at this many more steps of the storage; `write` is before the bytes are there, `written` after. */
  cutAt: { step: 'write' | 'written'; left: number } | null = null
  /** Writes fail while the disk is full. */
  full = false
  /** What a write takes at least, ms. */
  slowMs = 0
  #turnAt = 0

  constructor(
    readonly name: string,
    readonly time: VirtualTime,
    readonly random: Seeded,
    readonly onCut: () => void,
    readonly happened: (fault: string) => void,
  ) {}

  /** A step of the storage: it takes time, fails, or never ends. */
  async pass(step: Step): Promise<void> {
    await this.#still()
    if (step === 'write' && this.full) {
      this.happened('disk full')
      throw new Error('QuotaExceededError')
    }
    if (step === 'write' && this.slowMs > 0) await this.time.wait(this.slowMs)
    if (step !== 'read' && this.random.chance(0.25)) await this.time.wait(1 + this.random.below(6))
    await this.#still()
    if (this.cutAt?.step !== step) return
    this.cutAt.left -= 1
    if (this.cutAt.left > 0) return
    this.happened(step === 'write' ? 'tablet cut off before a write' : 'tablet cut off after a write')
    this.cut()
    await this.#still()
  }

  /** As `soon`, and after whatever was to happen in turn before: what a browser's tabs say to each other keeps its order. */
  inTurn(work: () => void): void {
    this.#turnAt = Math.max(this.#turnAt, this.time.now + this.random.below(4))
    this.time.after(this.#turnAt - this.time.now, () => {
      if (this.on) work()
    })
  }

  /** In a moment, unless the power is off by then. */
  soon(work: () => void): void {
    this.time.after(this.random.below(4), () => {
      if (this.on) work()
    })
  }

  cut(): void {
    if (!this.on) return
    this.on = false
    this.cutAt = null
    this.onCut()
  }

  #still(): Promise<void> {
    return this.on ? Promise.resolve() : new Promise(() => undefined)
  }
}
