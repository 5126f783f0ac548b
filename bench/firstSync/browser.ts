import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import type { Marks } from './page/measure.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SYSTEM_CHROMIUM = '/usr/bin/chromium'
/** PouchDB with 100,000 documents. */
const LONGEST_MS = 900_000

export interface Trial {
  url: string
  input: unknown
  /** name=value */
  cookie?: string
}

/** Of the page (page/measure.ts). */
declare function measure(input: unknown): Promise<Marks>
declare function countStored(): Promise<number>
declare const received: number

/**
 * Runs a page's `measure` in a browser of its own with a fresh profile. Throws when fewer than `count` documents are there
 * afterwards.
 */
export async function runTrial(trial: Trial, count: number): Promise<Marks> {
  const profile = newProfile()
  try {
    return await runIn(profile, trial, count)
  } finally {
    dropProfile(profile)
  }
}

/** A profile on the disk: an incognito window would keep IndexedDB in memory. */
export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'hims-bench-profile-'))
}

export function dropProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** As `runTrial`, in a browser that starts with this profile and ends afterwards. */
export async function runIn(profile: string, { url, input, cookie }: Trial, count: number): Promise<Marks> {
  const context = await chromium.launchPersistentContext(profile, { ...executable(), headless: true, args: FLAGS })
  try {
    if (cookie) await addCookie(context, url, cookie)
    const page = await context.newPage()
    page.setDefaultTimeout(LONGEST_MS)
    page.on('pageerror', (error) => process.stderr.write(`${url}: ${error.message}\n`))
    await page.goto(url)
    const marks = await page.evaluate((given) => measure(given), input)
    const found = await page.evaluate(async () => ({ received, stored: await countStored() }))
    if (found.received < count || found.stored < count) throw new Error(`${url}: ${JSON.stringify(found)} of ${count} documents`)
    return marks
  } finally {
    await context.close()
  }
}

/** One that keeps nothing on the disk. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...executable(), args: FLAGS })
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
