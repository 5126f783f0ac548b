import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { atMost, conclude, machine, median, say, table } from '../figures.ts'
import { browserVersion, openBrowser } from '../firstSync/browser.ts'
import { startHims } from '../firstSync/himsServer.ts'
import { signInto } from '../signInto.ts'

/** Issue 5: apart from start-up nothing keeps the page busy for longer, with 20,000 clients on a processor four times slower. */
const LIMIT_MS = 50
const SLOWDOWN = 4

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '20000' } } })
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const server = await startHims(clients, { has: () => false, answer: () => undefined })
const someone = server.records[Math.floor(clients / 3)] as unknown as { id: string; familyName: string; givenName: string }
const main = (page: Page) => page.getByRole('main')

/** What a doctor does all day; each step ends when what was asked for is on the screen. */
const WORK: Record<string, (page: Page) => Promise<void>> = {
  'a search is typed': async (page) => {
    await page.getByRole('searchbox').fill('')
    for (const key of someone.familyName.toLowerCase()) await page.keyboard.type(key, { delay: 150 })
    await page.getByRole('link').filter({ hasText: someone.familyName }).first().waitFor()
  },
  'a client is opened': async (page) => {
    await page.getByRole('searchbox').fill(someone.id)
    await main(page).getByRole('link').filter({ hasText: someone.familyName }).first().click()
    await page.getByRole('heading', { level: 1 }).filter({ hasText: someone.familyName }).waitFor()
  },
  'the form is opened': async (page) => {
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  },
  'an address is typed': async (page) => {
    const address = page.getByLabel('Address', { exact: true })
    await address.fill('')
    await address.pressSequentially(`House ${Math.floor(Math.random() * 1000)}`, { delay: 80 })
  },
  'it is saved': async (page) => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'Edit' }).waitFor()
  },
  'the programs are opened': async (page) => {
    await page.getByRole('link', { name: 'Programs' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Programs' }).waitFor()
  },
  'the sync page is opened': async (page) => {
    await page.getByRole('link', { name: 'Sync' }).first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
  },
  'somebody is registered': async (page) => {
    await page.getByRole('link', { name: 'Register' }).first().click()
    const name = page.getByLabel('Given name')
    await name.pressSequentially(someone.givenName, { delay: 80 })
  },
  'home again': async (page) => {
    await page.getByRole('link', { name: 'Home' }).first().click()
    await page.getByRole('searchbox').waitFor()
  },
}

const browser = await openBrowser()
const longest: Record<string, number[]> = {}
try {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { tasks })
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
  await signInto(page, server)
  const devtools = await page.context().newCDPSession(page)
  // Once at full speed: what is compiled the first time is start-up.
  for (const work of Object.values(WORK)) await work(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(WORK)) {
      await taken(page)
      await work(page)
      await page.waitForTimeout(1_000)
      longest[name] = [...(longest[name] ?? []), Math.max(0, ...(await taken(page)))]
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await browser.close()
  await server.close()
}

say(`Work with ${clients} clients, ${SLOWDOWN}x slower, ${rounds} rounds: the longest that the page was busy without a pause`)
say(machine(await browserVersion()))
for (const line of table([
  ['what', 'median ms', 'worst ms'],
  ...Object.entries(longest).map(([name, times]) => [name, median(times), Math.max(...times)]),
]))
  say(line)
say('Chromium tells of a task only when it was longer than 50 ms: 0 is none.')
say('')
conclude(
  Object.entries(longest).map(([name, times]) => atMost(`${name}: the longest task, median of the rounds`, median(times), LIMIT_MS, ' ms')),
)

/** The long tasks since it was asked last, ms each. */
function taken(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks.splice(0))
}
