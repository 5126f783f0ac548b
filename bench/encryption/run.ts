import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { atMost, conclude, machine, median, say, table } from '../figures.ts'
import { browserVersion, runTrial } from '../firstSync/browser.ts'
import { inventClients } from '../firstSync/clients.ts'
import { buildPages, listen } from '../firstSync/web.ts'

/** Issue 4: encryption costs at most this, against the same storage without it. */
const LIMITS = { write: 1.3, read: 1.6 }

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, clients: { type: 'string', default: '10000' } } })
const [rounds, clients] = [Number(values.rounds), Number(values.clients)]
if (!(rounds >= 1 && clients >= 1)) throw new RangeError('--rounds and --clients are numbers from 1')

const records = inventClients(clients, 'north', 1, 'amina').map(({ fields, deleted, ...header }) => ({
  ...header,
  ...fields,
  _deleted: deleted,
}))
const pages = await buildPages({ encryption: 'bench/encryption/page.ts' })
const http = createServer((request, response) => pages.answer(request, response))
const url = await listen(http)
const kinds = ['plain', 'encrypted'] as const
const found = { plain: times(), encrypted: times() }
try {
  for (let round = 0; round < rounds; round += 1) {
    // Each goes first in every other round.
    for (const kind of round % 2 === 0 ? kinds : [...kinds].reverse()) {
      const marks = await runTrial({ url: `${url}/encryption`, input: { encrypted: kind === 'encrypted', records } }, clients)
      const between = (from: string, to: string) => Number(marks[to]) - Number(marks[from])
      found[kind].write.push(between('opened', 'written'))
      found[kind].read.push(between('opened again', 'read'))
      found[kind].query.push(between('read', 'queried'))
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  http.close()
}

function times() {
  return { write: [] as number[], read: [] as number[], query: [] as number[] }
}

/** Of each round by itself, as both of its runs met the same machine. */
function ratio(what: 'write' | 'read' | 'query'): number {
  return median(found.encrypted[what].map((ms, round) => ms / (found.plain[what][round] ?? Number.NaN)))
}

say(`${clients} clients into and out of the tablet's storage, plain and encrypted in turns, ${rounds} rounds, each in a fresh profile`)
say(machine(await browserVersion()))
const row = (name: string, what: 'write' | 'read' | 'query') => [
  name,
  median(found.plain[what]),
  median(found.encrypted[what]),
  ratio(what),
  found.encrypted[what].map((ms, round) => (ms / (found.plain[what][round] ?? Number.NaN)).toFixed(2)).join(' '),
]
const rows = [row('written, as a first sync', 'write'), row('all read, as at the start', 'read'), row('all read, by a query', 'query')]
for (const line of table([['', 'plain ms', 'encrypted ms', 'ratio', 'each round'], ...rows])) say(line)
say('')
conclude([
  atMost('writing costs at most 1.3x', ratio('write'), LIMITS.write, 'x'),
  atMost('reading everything at the start costs at most 1.6x', ratio('read'), LIMITS.read, 'x'),
  atMost('reading everything by a query costs at most 1.6x', ratio('query'), LIMITS.read, 'x'),
])
