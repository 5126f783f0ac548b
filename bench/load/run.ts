import { parseArgs } from 'node:util'
import { atMost, conclude, machine, median, say, table } from '../figures.ts'
import { browserVersion, openBrowser } from '../firstSync/browser.ts'
import { BENCH_PERSON, startHims } from '../firstSync/himsServer.ts'

/** Issue 5, check 30: a first visit over a slow line on a processor that is four times slower, until the app can be used. */
const LIMIT_MS = 5_000
const SLOWDOWN = 4
/** Lighthouse's slow 4G: bytes a second each way, and ms each round trip. */
const SLOW_4G = { offline: false, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8, latency: 150 }

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '300' } } })
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const server = await startHims(clients, { has: () => false, answer: () => undefined })
const found = { bare: [] as number[], signIn: [] as number[], home: [] as number[] }
try {
  for (let round = 0; round < rounds; round += 1) {
    const browser = await openBrowser()
    const context = await browser.newContext()
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.emulateNetworkConditions', SLOW_4G)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    let began = performance.now()
    await page.goto(`${server.url}/icons/mark.svg`)
    found.bare.push(performance.now() - began)
    began = performance.now()
    await page.goto(`${server.url}/sign-in`, { waitUntil: 'commit' })
    // Not only drawn: React answers it.
    await page.waitForFunction(() => {
      const input = document.querySelector('input[name="email"]')
      return input !== null && Object.keys(input).some((key) => key.startsWith('__reactProps'))
    })
    found.signIn.push(performance.now() - began)
    await page.locator('input[name="email"]').fill(BENCH_PERSON.email)
    await page.locator('input[name="password"]').fill(BENCH_PERSON.password)
    began = performance.now()
    await page.locator('button[type="submit"]').first().click()
    await page.getByRole('searchbox').waitFor()
    found.home.push(performance.now() - began)
    await browser.close()
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await server.close()
}

say(`A first visit over slow 4G (1.6 Mbit/s, 150 ms), ${SLOWDOWN}x slower, ${rounds} rounds, each with an empty browser`)
say(machine(await browserVersion()))
const row = (name: string, times: number[]) => [name, median(times), median(times) / median(found.bare), times.map(Math.round).join(' ')]
const rows = [
  row('a picture of 1 KB, the bare line', found.bare),
  row('the sign-in page answers', found.signIn),
  row('from signing in to the search', found.home),
]
for (const line of table([['', 'median ms', 'of the bare line', 'each round'], ...rows])) say(line)
say('')
conclude([
  atMost('the first page can be used', median(found.signIn), LIMIT_MS, ' ms'),
  atMost('the search can be used after signing in', median(found.home), LIMIT_MS, ' ms'),
])
