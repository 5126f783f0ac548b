import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { atMost, conclude, machine, median, percentile, say, table } from '../figures.ts'
import { browserVersion, openBrowser } from '../firstSync/browser.ts'
import { startHims } from '../firstSync/himsServer.ts'
import { signInto } from '../signInto.ts'

/** Issue 5: search results at 20,000 clients on a processor that is four times slower, from the key to the list. */
const LIMIT_MS = 50
const SLOWDOWN = 4

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '20000' } } })
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const server = await startHims(clients, { has: () => false, answer: () => undefined })
const someone = server.records[Math.floor(clients / 3)] as unknown as { id: string; phone: string; familyName: string; givenName: string }
/** Names as they are said, with a typo, in another order; part of a phone number; the number on the card. */
const QUERIES = {
  name: someone.familyName.toLowerCase(),
  typo: someone.familyName.replace(/^(...)./, '$1x').toLowerCase(),
  'two names': `${someone.familyName} ${someone.givenName}`.toLowerCase(),
  'part of a phone': someone.phone.slice(-7),
  'card number': someone.id,
}
const browser = await openBrowser()
const found: Record<string, number[]> = {}
try {
  const page = await browser.newPage()
  await signInto(page, server)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, typed] of Object.entries(QUERIES)) found[name] = [...(found[name] ?? []), ...(await timesOf(page, typed))]
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await browser.close()
  await server.close()
}

say(
  `Search among ${clients} clients, ${SLOWDOWN}x slower, ${rounds} rounds: from each key until the first screen of its results is in the page`,
)
say(machine(await browserVersion()))
const row = (name: string, times: number[]) => [name, times.length, median(times), percentile(times, 0.95), Math.max(...times)]
for (const line of table([
  ['typed', 'keys', 'median ms', 'p95 ms', 'worst ms'],
  ...Object.entries(found).map(([name, times]) => row(name, times)),
]))
  say(line)
say('')
conclude([atMost(`results at ${clients} clients, p95 of all keys`, percentile(Object.values(found).flat(), 0.95), LIMIT_MS, ' ms')])

/** Types it key by key. @returns for each key ms from its event until the first rows, or the count, have changed */
async function timesOf(page: Page, typed: string): Promise<number[]> {
  const box = page.getByRole('searchbox')
  await box.fill('')
  await page.evaluate(() => {
    const input = document.querySelector('input[type="search"]')
    const main = document.querySelector('main')
    if (input === null || main === null) throw new Error('no search')
    const times: number[] = []
    Object.assign(globalThis, { times })
    input.addEventListener('input', (event) => {
      let first = 0
      const observer = new MutationObserver(() => {
        first ||= performance.now()
      })
      observer.observe(main, { subtree: true, childList: true, characterData: true })
      setTimeout(() => {
        observer.disconnect()
        if (first > 0) times.push(first - event.timeStamp)
      }, 400)
    })
  })
  for (const key of typed) {
    await page.keyboard.type(key)
    await page.waitForTimeout(500)
  }
  return page.evaluate(() => (globalThis as unknown as { times: number[] }).times)
}
