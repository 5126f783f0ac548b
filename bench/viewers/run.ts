import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { WebSocket } from 'ws'
import { openClinic } from '../../tests/processes/clinic.ts'
import { Connection } from '../../tests/processes/connection.ts'
import { PushingDevice } from '../../tests/processes/device.ts'
import { Inventions } from '../../tests/processes/inventions.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { cpuMs } from '../cpu.ts'
import { atMost, conclude, machine, median, percentile, say, table } from '../figures.ts'
import { Viewers } from './viewers.ts'

/** `npm run bench:viewers`: from a tablet's push to the last of many dashboards, against a bare `ws` broadcast of the same bytes. */

/** Issue 6: the last of them, of plain `ws`; and a live tile within 2 s of a push. */
const OF_WS = 1.4
const TILE_MS = 2_000
const PAUSE_MS = 700

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '100,1000,2000' },
    pushes: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
})
const sizes = values.viewers.split(',').map(Number)
const [pushes, rounds] = [Number(values.pushes), Number(values.rounds)]
if (!(pushes >= 1 && rounds >= 1 && sizes.every((size) => size >= 1)))
  throw new RangeError('--viewers, --pushes and --rounds are numbers from 1')

say(`A push to the last of many dashboards: ${rounds} interleaved rounds of ${pushes} pushes; pictures come twice a second at most`)
say(machine())
interface Seen {
  /** From the push to each, and from the first of them to the last, ms. */
  all: number[]
  last: number[]
  spread: number[]
  cpu: number[]
  kb: number[]
}
const seen = new Map<string, Seen>()
const clinic = await openClinic(1)
try {
  const cookie = await clinic.inside(async ({ accounts }) => {
    const invitation = await accounts.invite('operator', { email: 'viewer@example.org', roles: ['viewer'], facilities: [] }, {})
    return (
      (await accounts.acceptInvitation(invitation.token, { name: 'Viewer', password: 'seven green mangoes fell' }, {})).cookie.split(
        ';',
      )[0] ?? ''
    )
  })
  await clinic.server.start()
  const random = new Seeded(17)
  const doctor = clinic.doctors[0] as (typeof clinic.doctors)[number]
  const device = new PushingDevice(
    new Connection(clinic.server, doctor, random.next),
    random,
    new Inventions(random, clinic.facilityId, []).register,
  )
  await device.arrive()
  for (let round = 0; round < rounds; round += 1) {
    for (const size of sizes) {
      const before = memoryKb(clinic.server.pid)
      const viewers = await Viewers.ofHims(clinic.server.port, size, { Cookie: cookie, Origin: clinic.server.origin })
      const kb = (memoryKb(clinic.server.pid) - before) / size
      for (let push = 0; push < pushes; push += 1) {
        const cpu = cpuMs(clinic.server.pid)
        device.write([device.invent()])
        const told = viewers.next()
        await device.finish()
        note(`HIMS ${size}`, await told, cpuMs(clinic.server.pid) - cpu, kb)
        await setTimeout(PAUSE_MS)
      }
      const text = viewers.last
      viewers.close()
      await setTimeout(500)
      await broadcast(size, text)
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await clinic.remove()
}

const rows = [...seen].map(([name, { all, last, spread, cpu, kb }]) => [
  name,
  percentile(all, 0.5),
  percentile(all, 0.99),
  median(last),
  median(spread),
  percentile(spread, 0.99),
  median(cpu),
  median(kb),
])
for (const line of table([['viewers', 'p50', 'p99', 'last', 'first to last', 'its p99', 'CPU ms', 'KB each'], ...rows])) say(line)
say('')
const of = (name: string) => seen.get(name) ?? { last: [], spread: [] }
conclude([
  ...sizes.map((size) =>
    atMost(`${size} viewers: the last has the picture within ${TILE_MS} ms`, Math.max(...of(`HIMS ${size}`).last), TILE_MS, ' ms'),
  ),
  ...sizes.map((size) =>
    atMost(
      `${size} viewers: from the first to the last, of bare ws`,
      median(of(`HIMS ${size}`).spread) / median(of(`ws ${size}`).spread),
      OF_WS,
      'x',
    ),
  ),
])

async function broadcast(size: number, text: string): Promise<void> {
  const child = fork('bench/live/broadcaster.mjs')
  const [port] = (await once(child, 'message')) as [number]
  const Socket = createRequire(createRequire(resolve('package.json')).resolve('engine.io'))('ws') as typeof WebSocket
  const sender = new Socket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  await once(sender, 'open')
  const before = memoryKb(child.pid)
  const viewers = await Viewers.ofBroadcast(port, size)
  const kb = (memoryKb(child.pid) - before) / size
  for (let push = 0; push < pushes; push += 1) {
    const cpu = cpuMs(child.pid)
    const told = viewers.next()
    sender.send(text)
    note(`ws ${size}`, await told, cpuMs(child.pid) - cpu, kb)
    await setTimeout(100)
  }
  sender.terminate()
  viewers.close()
  child.disconnect()
  await once(child, 'exit')
}

function note(name: string, times: readonly number[], cpu: number, kb: number): void {
  const known = seen.get(name) ?? { all: [], last: [], spread: [], cpu: [], kb: [] }
  seen.set(name, known)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  known.all.push(...times)
  known.last.push(last)
  known.spread.push(last - first)
  known.cpu.push(cpu)
  known.kb.push(kb)
}

/** What a process holds in memory. */
function memoryKb(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN)
}
