import { parseArgs } from 'node:util'
import { browserVersion, runTrial, type Trial } from './browser.ts'
import { startHims } from './himsServer.ts'
import { startPouch } from './pouchServer.ts'
import { startRaw } from './rawServer.ts'
import { machine, report } from './report.ts'
import { buildPages } from './web.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, clients: { type: 'string', default: '10000' }, only: { type: 'string' } },
})
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const say = (line: string) => process.stdout.write(`${line}\n`)
const pages = await buildPages()
const hims = await startHims(clients, pages)
const raw = await startRaw(hims.records, pages)
const pouchdb = await startPouch(hims.records, pages)
const pouchTrial = (adapter: string): Trial => ({ url: `${pouchdb.url}/pouchdb`, input: { url: `${pouchdb.url}/db/clients`, adapter } })
const trials: [name: string, trial: Trial][] = [
  ['raw IndexedDB', { url: `${raw.url}/raw`, input: { url: '/documents' } }],
  ['HIMS', { url: `${hims.url}/hims`, input: hims.session, cookie: hims.cookie }],
  ['PouchDB indexeddb', pouchTrial('indexeddb')],
  ['PouchDB idb', pouchTrial('idb')],
]
const chosen = trials.filter(
  ([name]) => values.only === undefined || values.only.split(',').some((part) => name.toLowerCase().includes(part)),
)

const bytes = Math.round(JSON.stringify(hims.records).length / clients)
say(`First sync of ${clients} clients of ${bytes} bytes, ${rounds} interleaved rounds, a fresh browser each time`)
say(machine(await browserVersion()))
const times = new Map(chosen.map(([name]) => [name, [] as number[]]))
for (let round = 0; round < rounds; round += 1) {
  // Another one begins each time, so that none always follows the heaviest.
  const order = chosen.map((_, index) => chosen[(index + round) % chosen.length] ?? chosen[0])
  for (const [name, trial] of order.filter((entry) => entry !== undefined)) {
    times.get(name)?.push(await runTrial(trial, clients))
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`)
}
await Promise.all([hims.close(), raw.close(), pouchdb.close()])

const { lines, passed } = report(times)
for (const line of lines) say(line)
process.exitCode = passed || values.only !== undefined ? 0 : 1
