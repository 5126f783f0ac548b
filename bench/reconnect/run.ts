import { parseArgs } from 'node:util'
import { openClinic } from '../../tests/processes/clinic.ts'
import { Connection } from '../../tests/processes/connection.ts'
import { PushingDevice } from '../../tests/processes/device.ts'
import { Inventions } from '../../tests/processes/inventions.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { conclude, machine, median, never, percentile, say, table } from '../figures.ts'
import { Tablet } from './tablet.ts'

const DOCTORS = 20
/** What a tablet missed while it was away. */
const MISSED = 100

const { values } = parseArgs({ options: { tablets: { type: 'string', default: '200' }, rounds: { type: 'string', default: '5' } } })
const [count, rounds] = [Number(values.tablets), Number(values.rounds)]
if (!(count >= 2 && rounds >= 1)) throw new RangeError('--tablets from 2, --rounds from 1')

say(`${count} tablets come back at once to a server that was killed and started again; each missed ${MISSED} records; ${rounds} rounds`)
say(machine())
const clinic = await openClinic(DOCTORS)
const found: { alone: number; fastest: number; middle: number; slowest: number; failures: number; incomplete: number }[] = []
try {
  await clinic.server.start()
  const connect = (index: number) => {
    const account = clinic.doctors[index % DOCTORS]
    if (account === undefined) throw new RangeError('a clinic without doctors')
    return new Connection(clinic.server, account)
  }
  const random = new Seeded(200)
  const writer = new PushingDevice(connect(0), random, new Inventions(random, clinic.facilityId, []).register)
  const tablets = Array.from({ length: count }, (_, index) => new Tablet(connect(index)))
  // It had everything too: what is compared is coming back among 200 and coming back as the only one.
  const lone = new Tablet(connect(0))
  await Promise.all([lone, ...tablets].map((tablet) => tablet.catchUp()))
  for (let round = 0; round < rounds; round += 1) {
    for (const tablet of [lone, ...tablets]) Object.assign(tablet, { failures: 0, received: 0 }).connection.close()
    await writeWhileAway(writer)
    await clinic.server.kill()
    await clinic.server.start()
    const alone = await time(lone)
    const times = await Promise.all(tablets.map(time))
    found.push({
      alone,
      fastest: Math.min(...times),
      middle: percentile(times, 0.5),
      slowest: Math.max(...times),
      failures: tablets.reduce((total, { failures }) => total + failures, 0),
      incomplete: tablets.filter(({ received }) => received !== MISSED).length,
    })
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
  for (const { connection } of [writer, lone, ...tablets]) connection.close()
} finally {
  await clinic.remove()
}

const of = (name: keyof (typeof found)[number]) => found.map((round) => round[name])
const all = (name: 'failures' | 'incomplete') => of(name).reduce((total, value) => total + value, 0)
const rows = (['alone', 'fastest', 'middle', 'slowest'] as const).map((name) => [
  name,
  median(of(name)),
  of(name).map(Math.round).join(' '),
])
for (const line of table([['ms until greeted and caught up', 'median', 'each round'], ...rows])) say(line)
say('')
say(
  `the slowest took ${(median(of('slowest')) / median(of('fastest'))).toFixed(1)}x the fastest, and ${(median(of('slowest')) / median(of('alone'))).toFixed(1)}x one that comes back alone`,
)
conclude([never('connections that fail', all('failures')), never('tablets that have not all of it', all('incomplete'))])

async function writeWhileAway(writer: PushingDevice): Promise<void> {
  await writer.arrive()
  writer.write(Array.from({ length: MISSED }, writer.invent))
  await writer.finish()
  writer.connection.close()
}

async function time(tablet: Tablet): Promise<number> {
  const began = performance.now()
  await tablet.catchUp()
  return performance.now() - began
}
