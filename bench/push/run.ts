import { parseArgs } from 'node:util'
import { openClinic } from '../../tests/processes/clinic.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { cpuMs } from '../cpu.ts'
import { atLeast, conclude, format, machine, median, say, table } from '../figures.ts'
import { PEOPLE, sendAll, workOffline } from './devices.ts'
import { insertRaw } from './raw.ts'

/** Issue 3: changes a second through push, with validation, merge, history and audit, each commit on the disk. */
const GOAL = 2_000
const MANY = 8

const { values } = parseArgs({ options: { edits: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '5' } } })
const [edits, rounds] = [Number(values.edits), Number(values.rounds)]
if (!(edits >= 1 && rounds >= 1)) throw new RangeError('--edits and --rounds are numbers from 1')

say(`Push after a reconnect: ${rounds} interleaved rounds of ${edits} changes a device, made offline, 50 a request and one in flight`)
say(machine())
const random = new Seeded(50)
type Times = Record<'hims' | 'raw' | 'cpu', number[]>
const one: Times = { hims: [], raw: [], cpu: [] }
const many: Times = { hims: [], raw: [], cpu: [] }
const clinic = await openClinic(MANY)
try {
  await clinic.server.start()
  for (let round = 0; round < rounds; round += 1) {
    await measure(one, 1)
    await measure(many, MANY)
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  await clinic.remove()
}

const rows = [row('one device', one, edits), row(`${MANY} devices at once`, many, MANY * edits)]
for (const line of table([['', 'ms', 'changes/s', 'raw ms', 'raw/s', 'of raw', 'server CPU us'], ...rows.map(({ cells }) => cells)]))
  say(line)
say('')
conclude([
  atLeast(`${MANY} devices at once: at least ${format(GOAL)} changes a second`, rows[1]?.perSecond ?? Number.NaN, GOAL, ' a second'),
])

async function measure(times: Times, count: number): Promise<void> {
  const devices = await Promise.all(Array.from({ length: count }, (_, index) => workOffline(clinic, { index, edits, random })))
  const unsent = devices.flatMap(({ outbox }) => outbox.slice(PEOPLE + 1))
  const [began, cpuBefore] = [performance.now(), cpuMs(clinic.server.pid)]
  await Promise.all(devices.map(sendAll))
  times.hims.push(performance.now() - began)
  times.cpu.push(cpuMs(clinic.server.pid) - cpuBefore)
  for (const { connection, contradictions } of devices) {
    connection.close()
    if (contradictions.length > 0) throw new Error(contradictions.join('; '))
  }
  times.raw.push(insertRaw(unsent))
}

function row(name: string, { hims, raw, cpu }: Times, changes: number) {
  const [himsMs, rawMs] = [median(hims), median(raw)]
  const perSecond = (changes / himsMs) * 1000
  return { perSecond, cells: [name, himsMs, perSecond, rawMs, (changes / rawMs) * 1000, himsMs / rawMs, (median(cpu) / changes) * 1000] }
}
