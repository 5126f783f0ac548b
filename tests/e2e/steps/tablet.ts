import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type TestInfo } from '@playwright/test'
import type { HimsServer } from '../server.ts'
import type { Watch } from '../watch.ts'

/** A browser with a profile on the disk, which can be closed and opened again like a tablet that is switched off. */
export class TabletBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'hims-profile-'))
  #context: BrowserContext | null = null

  constructor(
    readonly server: HimsServer,
    readonly watch: Watch,
    readonly info: TestInfo,
  ) {}

  async open(): Promise<BrowserContext> {
    const { launchOptions, viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId } = this.info.project.use
    const screen = { viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId }
    const context = await chromium.launchPersistentContext(this.#profile, { ...launchOptions, ...screen, baseURL: this.server.origin })
    context.setDefaultTimeout(15_000)
    context.setDefaultNavigationTimeout(30_000)
    this.#context = context
    return this.watch.over(context)
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  async remove(): Promise<void> {
    const page = this.#context?.pages().at(-1)
    if (page !== undefined && this.info.status !== this.info.expectedStatus) {
      await this.info.attach('tablet', { body: await page.screenshot(), contentType: 'image/png' }).catch(() => undefined)
    }
    await this.close()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
