import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type TestInfo } from '@playwright/test'
import type { HimsServer } from '../server.ts'
import type { Watch } from '../watch.ts'

/** A browser with a profile on the disk, which can be closed and opened again like a tablet that is switched off. */
export class TabletBrowser {
  readonly profile = mkdtempSync(join(tmpdir(), 'hims-profile-'))
  #context: BrowserContext | null = null

  constructor(
    readonly server: HimsServer,
    readonly watch: Watch,
    readonly info: TestInfo,
  ) {}

  async open(): Promise<BrowserContext> {
    const { launchOptions, viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId } = this.info.project.use
    const screen = { viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId }
    const context = await chromium.launchPersistentContext(this.profile, { ...launchOptions, ...screen, baseURL: this.server.origin })
    context.setDefaultTimeout(15_000)
    context.setDefaultNavigationTimeout(30_000)
    this.#context = context
    return this.watch.over(context)
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  /** The end that an empty battery makes: no page and no worker of the browser gets a last word. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#context?.once('close', resolve))
    process.kill(browserProcess(this.profile), 'SIGKILL')
    await closed
    this.#context = null
  }

  async remove(): Promise<void> {
    const page = this.#context?.pages().at(-1)
    if (page !== undefined && this.info.status !== this.info.expectedStatus) {
      await this.info.attach('tablet', { body: await page.screenshot(), contentType: 'image/png' }).catch(() => undefined)
    }
    await this.close()
    // Processes of the browser still write for a moment after it said that it is closed.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

/** The browser's first process; those of its pages and its disk say their type and end with it. */
function browserProcess(profile: string): number {
  const lines = execFileSync('ps', ['-axwwo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  const own = lines.find((line) => line.includes(`--user-data-dir=${profile}`) && !line.includes('--type='))
  const pid = Number(own?.trim().split(' ')[0])
  if (!Number.isInteger(pid)) throw new Error('the browser is not running')
  return pid
}
