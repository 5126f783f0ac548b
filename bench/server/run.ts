import { parseArgs } from 'node:util'
import { COLLECTION_NAMES } from '#domain/collections.ts'
import { PULL_RECORDS } from '#domain/sync/protocol.ts'
import { BenchDevice, REQUEST_CHANGES } from './device.ts'
import { fillHistory } from './fill.ts'
import { type BenchServer, startRecords } from './server.ts'

const TARGET_CHANGES = 2_000
const TARGET_PULL_US = 7
const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '10000' },
    devices: { type: 'string', default: '8' },
    rows: { type: 'string', default: '1000,10000,100000,1000000' },
  },
})
/** Before this many, the machine is still translating the program. */
const WARM_UP = 4_000

interface Measured {
  changes: number
  wallMs: number
  cpuUs: number
}

/** Every device sends one request after the other until there are enough changes. */
async function load(devices: readonly BenchDevice[], enough: number): Promise<Measured> {
  const cpu = process.cpuUsage()
  const began = performance.now()
  let changes = 0
  const work = async (device: BenchDevice) => {
    while (changes < enough) {
      changes += REQUEST_CHANGES
      await device.push()
    }
  }
  await Promise.all(devices.map(work))
  const { user, system } = process.cpuUsage(cpu)
  return { changes, wallMs: performance.now() - began, cpuUs: user + system }
}

async function createProgram({ records }: BenchServer): Promise<void> {
  const fields = Object.fromEntries(
    Object.entries({ name: 'HIV care', category: 'hiv', active: true }).map(([name, to]) => [name, { from: null, to }]),
  )
  const deviceId = 'bench-programs'
  const change = { deviceId, n: 1, changeId: crypto.randomUUID(), collection: 'programs', recordId: 'HIV-001', op: 'create' } as const
  await records.apply({ accountId: 'bench', deviceId, facilities: 'all' }, [
    { ...change, fields, base: 0, actor: 'bench', deviceTime: 0, schemaVersion: 1 },
  ])
}

/** CPU of the server for each record of a whole pull, and of a whole first sync: as text, as both go on the wire. */
async function readAll({ records, facilityId, database }: BenchServer) {
  const rooms = ['*', facilityId]
  const clients = (await database.read.get<{ n: number }>('SELECT count(*) AS n FROM "Client"'))?.n ?? 0
  const { epoch } = await records.head()
  const measure = async (work: () => Promise<unknown>) => {
    const cpu = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(cpu)
    return (user + system) / clients
  }
  const pull = async () => {
    let checkpoint = { epoch, facilities: {} }
    for (;;) {
      const answer = await records.pullText(rooms, { collection: 'clients', checkpoint, limit: PULL_RECORDS })
      const text = answer.json
      const reached = text.lastIndexOf('"checkpoint":')
      checkpoint = JSON.parse(`{${text.slice(reached)}`).checkpoint
      Buffer.from(text)
      if (text.split('"_deleted":', PULL_RECORDS + 1).length <= PULL_RECORDS) return
    }
  }
  const pages = async () => {
    for (let after = ''; ; ) {
      const page = await records.snapshotText(rooms, { collection: 'clients', room: facilityId, after, recent: false })
      Buffer.from(page.records.join('\n'))
      const last = page.records.at(-1)
      if (last === undefined) return
      after = JSON.parse(last).id
    }
  }
  for (const work of [pull, pages]) await work()
  return { clients, pullUs: await measure(pull), pageUs: await measure(pages) }
}

const server = await startRecords()
try {
  await createProgram(server)
  const devices = Array.from({ length: Number(values.devices) }, (_, index) => new BenchDevice(server, index))
  await load(devices, WARM_UP)
  console.log(`${devices.length} devices, ${REQUEST_CHANGES} changes a request, synchronous=FULL, ${COLLECTION_NAMES.length} collections`)
  console.log('rows of Change | changes/s | microseconds of CPU a change')
  let slowest = Number.POSITIVE_INFINITY
  const cpu: number[] = []
  for (const rows of values.rows.split(',').map(Number)) {
    await fillHistory(server.database, rows)
    const { changes, wallMs, cpuUs } = await load(devices, Number(values.changes))
    const rate = changes / (wallMs / 1000)
    slowest = Math.min(slowest, rate)
    cpu.push(cpuUs / changes)
    const held = (await server.database.read.get<{ n: number }>('SELECT count(*) AS n FROM "Change"'))?.n ?? 0
    console.log(`${String(held).padStart(14)} | ${rate.toFixed(0).padStart(9)} | ${(cpuUs / changes).toFixed(0)}`)
  }
  console.log(`the largest costs ${((cpu.at(-1) ?? 0) / (cpu[0] ?? 1)).toFixed(2)}x the CPU of the smallest; flat is 1.00x`)
  const { clients, pullUs, pageUs } = await readAll(server)
  console.log(`${clients} clients: pull ${pullUs.toFixed(1)}, first sync ${pageUs.toFixed(1)} microseconds of CPU a record`)
  const missed = [
    slowest < TARGET_CHANGES ? `${slowest.toFixed(0)} changes/s is below ${TARGET_CHANGES}` : null,
    Math.max(pullUs, pageUs) > TARGET_PULL_US ? `more than ${TARGET_PULL_US} microseconds a record pulled` : null,
  ].filter((one) => one !== null)
  for (const one of missed) console.log(`MISSED: ${one}`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  await server.close()
}
