import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { atLeast, atMost, conclude, machine, median, say, table } from '../figures.ts'
import { load, type Measured } from './load.ts'
import { idOf, type Peer, serve, startDjango, startHims, startRaw } from './servers.ts'

/** `npm run bench:partners`: reading a client as a partner does, against Django REST framework and against bare node:http. */

/** Issue 7 */
const LIMITS = { django: { 10: 9, 50: 15 }, p99OfDjango: 0.2, ofRaw: 0.5, ofNoLog: 0.7 }
const CLIENTS = 1_000

if (process.argv[2] === '--serve') {
  const [folder = '', clients, log] = process.argv.slice(3)
  await serve(folder, Number(clients), log === 'log')
} else {
  await run()
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } } })
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
  if (!(rounds >= 1 && seconds >= 1)) throw new RangeError('--rounds and --seconds are numbers from 1')
  say(`GET /api/external/clients/{id}/, each with its durable log row; ${rounds} interleaved rounds of ${seconds} s, ${CLIENTS} clients`)
  say(machine())
  const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'hims-bench-partners-'))
  const peers = new Map<string, Peer>()
  const measured = new Map<string, Measured[]>()
  try {
    peers.set('HIMS', await startHims(folder, CLIENTS, true))
    peers.set('HIMS without its log', await startHims(folder, CLIENTS, false))
    peers.set('node:http', await startRaw(folder, CLIENTS))
    const django = await startDjango(folder, CLIENTS)
    if (django === null)
      say('Django is not here (apt-get install python3-django python3-djangorestframework gunicorn): not compared with it')
    else peers.set('Django', django)
    for (const peer of peers.values()) await ask(peer, 10, 1_000)
    for (let round = 0; round < rounds; round += 1) {
      for (const connections of [10, 50])
        for (const [name, peer] of peers) {
          const key = `${name}, ${connections}`
          measured.set(key, [...(measured.get(key) ?? []), await ask(peer, connections, seconds * 1_000)])
        }
      process.stderr.write(`round ${round + 1} of ${rounds}\n`)
    }
  } finally {
    for (const peer of peers.values()) await peer.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  const of = (name: string, connections: number, figure: keyof Measured) =>
    median((measured.get(`${name}, ${connections}`) ?? []).map((one) => one[figure]))
  const rows = [...measured].map(([name, all]) => [
    name,
    ...(['perSecond', 'p50', 'p99'] as const).map((figure) => median(all.map((one) => one[figure]))),
    all.reduce((sum, { failed }) => sum + failed, 0),
  ])
  for (const line of table([['server, connections', 'requests/s', 'p50 ms', 'p99 ms', 'failed'], ...rows])) say(line)
  say('')
  const ratio = (name: string, connections: number) => of('HIMS', connections, 'perSecond') / of(name, connections, 'perSecond')
  conclude([
    atLeast('at 10 connections, of Django', ratio('Django', 10), LIMITS.django[10], 'x'),
    atLeast('at 50 connections, of Django', ratio('Django', 50), LIMITS.django[50], 'x'),
    atMost('p99 at 10 connections, of Django', of('HIMS', 10, 'p99') / of('Django', 10, 'p99'), LIMITS.p99OfDjango, 'x'),
    atMost('p99 at 50 connections, of Django', of('HIMS', 50, 'p99') / of('Django', 50, 'p99'), LIMITS.p99OfDjango, 'x'),
    atLeast('at 10 connections, of bare node:http', ratio('node:http', 10), LIMITS.ofRaw, 'x'),
    atLeast('at 50 connections, of bare node:http', ratio('node:http', 50), LIMITS.ofRaw, 'x'),
    atLeast('at 50 connections, of itself without a log', ratio('HIMS without its log', 50), LIMITS.ofNoLog, 'x'),
  ])
}

function ask({ port, token }: Peer, connections: number, ms: number): Promise<Measured> {
  let next = 0
  const head = () => {
    next = (next + 7) % CLIENTS
    return `GET /api/external/clients/${idOf(next)}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nAccept: application/json\r\n\r\n`
  }
  return load(port, connections, ms, head)
}
