import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startOwnPostgresql } from '#server/operations/postgresql.mjs'
import { type Clinic, openClinic, openNodes } from '../../tests/processes/clinic.ts'
import type { Connection } from '../../tests/processes/connection.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { atLeast, conclude, machine, median, say, table } from '../figures.ts'
import { sendAll, workOffline } from '../push/devices.ts'

/** Issue 8: three nodes take at least what one takes; and what PostgreSQL costs against SQLite in the same process. */
const NODES = 3
const DEVICES = 8

const { values } = parseArgs({ options: { edits: { type: 'string', default: '200' }, rounds: { type: 'string', default: '5' } } })
const [edits, rounds] = [Number(values.edits), Number(values.rounds)]
if (!(edits >= 1 && rounds >= 1)) throw new RangeError('--edits and --rounds are numbers from 1')

say(`Push by ${DEVICES} devices at once: ${rounds} interleaved rounds of ${edits} changes a device, made offline`)
say(machine())
const folder = mkdtempSync(join(tmpdir(), 'hims-bench-'))
const own = process.env.HIMS_TEST_POSTGRESQL ? null : await startOwnPostgresql(folder)
process.env.HIMS_TEST_POSTGRESQL ??= own?.url
const random = new Seeded(51)
type Contender = Pick<Clinic, 'doctors' | 'facilityId' | 'remove'> & { server: Connection['server'] & { start(): Promise<void> } }
const contenders: { name: string; clinic: Contender; times: number[] }[] = []
try {
  await enter('SQLite, one process', await openClinic(DEVICES))
  await enter('PostgreSQL, one node', await openNodes(DEVICES, 1))
  await enter(`PostgreSQL, ${NODES} nodes`, await openNodes(DEVICES, NODES))
  for (let round = 0; round < rounds; round += 1) {
    for (const { clinic, times } of contenders) times.push(await measure(clinic))
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
} finally {
  for (const { clinic } of contenders) await clinic.remove()
  await own?.stop()
  rmSync(folder, { recursive: true, force: true })
}

const [sqlite = Number.NaN, one = Number.NaN, several = Number.NaN] = contenders.map(
  ({ times }) => (DEVICES * edits * 1000) / median(times),
)
const perSecond = [sqlite, one, several]
const rows = contenders.map(({ name, times }, index) => [
  name,
  median(times),
  perSecond[index] ?? Number.NaN,
  (perSecond[index] ?? 0) / sqlite,
])
for (const line of table([['', 'ms', 'changes/s', 'of SQLite'], ...rows])) say(line)
say('')
conclude([atLeast(`${NODES} nodes store at least as much as one`, several / one, 1, 'x')])

async function enter(name: string, clinic: Contender): Promise<void> {
  contenders.push({ name, clinic, times: [] })
  await clinic.server.start()
}

async function measure(clinic: Contender): Promise<number> {
  const devices = await Promise.all(Array.from({ length: DEVICES }, (_, index) => workOffline(clinic, { index, edits, random })))
  const began = performance.now()
  await Promise.all(devices.map(sendAll))
  const took = performance.now() - began
  for (const { connection, contradictions } of devices) {
    connection.close()
    if (contradictions.length > 0) throw new Error(contradictions.join('; '))
  }
  return took
}
