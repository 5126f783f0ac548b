import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openClinic } from '../../tests/processes/clinic.ts'
import { atMost, conclude, machine, percentile, say, table } from '../figures.ts'
import { openFacility } from './hims.ts'
import type { Line } from './line.ts'
import { openBroadcast } from './peer.ts'

/** Issue 3: under 100 ms at the 99th percentile with 50 devices. */
const LIMIT = { devices: 50, ms: 100 }
const PAUSE_MS = 20
const WARM_UP = 5

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1,50,500' },
    edits: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
  },
})
const sizes = values.devices.split(',').map(Number)
const [edits, rounds] = [Number(values.edits), Number(values.rounds)]
if (!(edits >= 1 && rounds >= 1 && sizes.every((size) => size >= 1)))
  throw new RangeError('--devices, --edits and --rounds are numbers from 1')

say(`Edit to other device: ${rounds} interleaved rounds of ${edits} edits by one device, one after the other`)
say(machine())
const clinic = await openClinic(10)
let drops = 0
const times = new Map<string, { each: number[]; last: number[] }>()
try {
  await clinic.server.start()
  for (let round = 0; round < rounds; round += 1) {
    for (const size of sizes) {
      const hims = await openFacility(clinic, size)
      await measure(`HIMS ${size}`, hims)
      const bytes = hims.lastMessage()
      drops += hims.drops()
      await hims.close()
      const broadcast = await openBroadcast(size, bytes)
      await measure(`ws ${size}`, broadcast)
      await broadcast.close()
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await clinic.remove()
}

const figures = (name: string) => {
  const { each, last } = times.get(name) ?? { each: [], last: [] }
  return { p50: percentile(each, 0.5), p99: percentile(each, 0.99), last50: percentile(last, 0.5), last99: percentile(last, 0.99) }
}
const rows = sizes.flatMap((size) => {
  const [hims, ws] = [figures(`HIMS ${size}`), figures(`ws ${size}`)]
  const cells = ({ p50, p99, last50, last99 }: typeof hims) => [p50, p99, last50, last99]
  return [
    [`${size} devices, HIMS`, ...cells(hims), hims.p50 / ws.p50],
    [`${size} devices, bare ws`, ...cells(ws), 1],
  ]
})
for (const line of table([['ms', 'p50', 'p99', 'last p50', 'last p99', 'p50 of ws'], ...rows])) say(line)
if (drops > 0) say(`${drops} connections broke off and came back: the machine had too much else to do`)
say('')
conclude([atMost(`p99 with ${LIMIT.devices} devices is under ${LIMIT.ms} ms`, figures(`HIMS ${LIMIT.devices}`).p99, LIMIT.ms, ' ms')])

async function measure(name: string, line: Line): Promise<void> {
  const found = times.get(name) ?? { each: [], last: [] }
  times.set(name, found)
  for (let count = 0; count < WARM_UP + edits; count += 1) {
    const arrivals = await line.edit()
    if (count >= WARM_UP) {
      found.each.push(...arrivals)
      found.last.push(Math.max(...arrivals))
    }
    await setTimeout(PAUSE_MS)
  }
}
