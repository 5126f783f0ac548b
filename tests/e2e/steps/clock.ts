import type { BrowserContext } from '@playwright/test'

/** A device whose clock is off by so many ms, for every page of it. */
export async function setClockOff(context: BrowserContext, ms: number): Promise<void> {
  await context.addInitScript((off) => {
    const Right = Date
    globalThis.Date = class extends Right {
      constructor(...given: []) {
        if (given.length === 0) super(Right.now() + off)
        else super(...given)
      }
      static override now() {
        return Right.now() + off
      }
    } as DateConstructor
  }, ms)
}
