import { parseArgs } from 'node:util'
import { conclude, machine, say, type Verdict } from '../figures.ts'
import { browserVersion, runTrial, type Trial } from './browser.ts'
import { startHims } from './himsServer.ts'
import { startPouch } from './pouchServer.ts'
import { startRaw } from './rawServer.ts'
import { type Rounds, report } from './report.ts'
import { buildPages, type Pages } from './web.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '10000' }, only: { type: 'string' } },
})
const rounds = Number(values.rounds)
const sizes = values.clients.split(',').map(Number)
if (!(rounds >= 1 && sizes.every((size) => size >= 1))) throw new RangeError('--rounds and --clients are numbers from 1')

const pages = await buildPages({
  hims: 'bench/firstSync/page/hims.ts',
  raw: 'bench/firstSync/page/raw.ts',
  pouchdb: 'bench/pouchdb/page.ts',
})
const verdicts: Verdict[] = []
say(machine(await browserVersion()))
for (const size of sizes) verdicts.push(...(await measureSize(size, pages)))
say('')
// Only some were measured: then a promise about the others is not broken.
conclude(values.only === undefined ? verdicts : verdicts.filter(({ measured }) => measured))

async function measureSize(clients: number, pages: Pages): Promise<Verdict[]> {
  const hims = await startHims(clients, pages)
  const raw = await startRaw(hims.records, pages)
  const pouchdb = isChosen('PouchDB') ? await startPouch(hims.records, pages) : null
  const pouchTrial = (adapter: string): Trial => ({ url: `${pouchdb?.url}/pouchdb`, input: { url: `${pouchdb?.url}/db/clients`, adapter } })
  const trials: [name: string, trial: Trial][] = [
    ['raw IndexedDB', { url: `${raw.url}/raw`, input: { url: '/documents' } }],
    ['HIMS', { url: `${hims.url}/hims`, input: hims.session, cookie: hims.cookie }],
    ['PouchDB indexeddb', pouchTrial('indexeddb')],
    ['PouchDB idb', pouchTrial('idb')],
  ]
  const chosen = trials.filter(([name]) => isChosen(name))
  const found = {
    times: new Map(chosen.map(([name]) => [name, [] as number[]])),
    searchable: [] as number[],
    wireBytes: [] as number[],
  } satisfies Rounds

  const bytes = Math.round(JSON.stringify(hims.records).length / clients)
  say(`\nFirst sync of ${clients} clients of ${bytes} bytes, ${rounds} interleaved rounds, a fresh browser each time`)
  for (let round = 0; round < rounds; round += 1) {
    // Another one begins each time, so that none always follows the heaviest.
    const order = [...chosen.slice(round % chosen.length), ...chosen.slice(0, round % chosen.length)]
    for (const [name, trial] of order) {
      hims.wire.take()
      const { all, searchable } = await runTrial(trial, clients)
      found.times.get(name)?.push(all)
      if (name !== 'HIMS') continue
      found.searchable.push(searchable ?? Number.NaN)
      found.wireBytes.push(hims.wire.take())
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
  await Promise.all([hims.close(), raw.close(), pouchdb?.close()])
  const { lines, verdicts } = report(clients, found)
  for (const line of lines) say(line)
  return verdicts
}

function isChosen(name: string): boolean {
  return values.only === undefined || values.only.split(',').some((part) => name.toLowerCase().includes(part.toLowerCase()))
}
