import type { BrowserContext, Page } from '@playwright/test'

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

/** A device whose clock a test moves while the pages are open (`moveClock`). */
export async function movableClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Right = Date
    const off = () => Number(sessionStorage.getItem('clock-off') ?? 0)
    globalThis.Date = class extends Right {
      constructor(...given: []) {
        if (given.length === 0) super(Right.now() + off())
        else super(...given)
      }
      static override now() {
        return Right.now() + off()
      }
    } as DateConstructor
  })
}

/** @param ms ahead of the true time */
export async function moveClock(page: Page, ms: number): Promise<void> {
  await page.evaluate((off) => sessionStorage.setItem('clock-off', String(off)), ms)
}
