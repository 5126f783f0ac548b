import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const LONGEST_MS = 180_000

export interface Trial {
  url: string
  input: unknown
  /** name=value */
  cookie?: string
}

/** Of the page (page/measure.ts). */
declare function measure(input: unknown): Promise<number>
declare function countStored(): Promise<number>
declare const received: number

/**
 * Runs a page's `measure` in a browser of its own, with a profile on the disk: an incognito window would keep
 * IndexedDB in memory. Throws when fewer than `count` documents are there afterwards.
 * @returns milliseconds
 */
export async function runTrial({ url, input, cookie }: Trial, count: number): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'hims-bench-profile-'))
  const context = await chromium.launchPersistentContext(profile, { ...executable(), headless: true, args: FLAGS })
  try {
    if (cookie) await addCookie(context, url, cookie)
    const page = await context.newPage()
    page.setDefaultTimeout(LONGEST_MS)
    page.on('pageerror', (error) => process.stderr.write(`${url}: ${error.message}\n`))
    await page.goto(url)
    const ms = await page.evaluate((given) => measure(given), input)
    const found = await page.evaluate(async () => ({ received, stored: await countStored() }))
    if (found.received < count || found.stored < count) throw new Error(`${url}: ${JSON.stringify(found)} of ${count} documents`)
    return ms
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function browserVersion(): Promise<string> {
  const browser = await chromium.launch({ ...executable(), args: FLAGS })
  const version = browser.version()
  await browser.close()
  return version
}

function executable(): { executablePath?: string } {
  const path = process.env.CHROMIUM || (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : '')
  return path ? { executablePath: path } : {}
}

async function addCookie(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url }])
}
