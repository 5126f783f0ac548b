import { parseArgs } from 'node:util'
import { atMost, conclude, machine, median, say, table } from '../figures.ts'
import { browserVersion, dropProfile, newProfile, runIn, type Trial } from '../firstSync/browser.ts'
import { startHims } from '../firstSync/himsServer.ts'
import { startRaw } from '../firstSync/rawServer.ts'
import { buildPages } from '../firstSync/web.ts'

/** Issue 3: cold open with 50,000 clients. */
const LIMIT_MS = 1_000

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '50000' } } })
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const pages = await buildPages({
  hims: 'bench/firstSync/page/hims.ts',
  raw: 'bench/firstSync/page/raw.ts',
  'hims-open': 'bench/open/page/hims.ts',
  'raw-open': 'bench/open/page/raw.ts',
})
const hims = await startHims(clients, pages)
const raw = await startRaw(hims.records, pages)
const himsTrial = (page: string): Trial => ({ url: `${hims.url}/${page}`, input: hims.session, cookie: hims.cookie })
const profiles = { hims: newProfile(), raw: newProfile() }
const found = { list: [] as number[], all: [] as number[], raw: [] as number[] }
try {
  await runIn(profiles.hims, himsTrial('hims'), clients)
  await runIn(profiles.raw, { url: `${raw.url}/raw`, input: { url: '/documents' } }, clients)
  for (let round = 0; round < rounds; round += 1) {
    const opened = await runIn(profiles.hims, himsTrial('hims-open'), clients)
    found.list.push(opened.list ?? Number.NaN)
    found.all.push(opened.all)
    found.raw.push((await runIn(profiles.raw, { url: `${raw.url}/raw-open`, input: null }, clients)).all)
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  for (const profile of Object.values(profiles)) dropProfile(profile)
  await Promise.all([hims.close(), raw.close()])
}

say(`Cold open with ${clients} clients, ${rounds} interleaved rounds, each in a browser just started over a profile on the disk`)
say(machine(await browserVersion()))
const row = (name: string, times: number[]) => [name, median(times), median(times) / median(found.raw), times.map(Math.round).join(' ')]
const rows = [row('HIMS, first list', found.list), row('HIMS, all in memory', found.all), row('raw IndexedDB, getAll', found.raw)]
for (const line of table([['', 'median ms', 'of raw', 'each round'], ...rows])) say(line)
say('')
conclude([atMost(`the first list of ${clients} clients is there within 1 s`, median(found.list), LIMIT_MS, ' ms')])
