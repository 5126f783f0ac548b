import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testSettings } from '#server/database/database.fixture.ts'
import { environment, freePort, type Settings } from '../e2e/server.ts'
import { type Clinic, MANY_DEVICES, openOn } from '../processes/clinic.ts'
import { Connection } from '../processes/connection.ts'
import { PushingDevice } from '../processes/device.ts'
import { Inventions } from '../processes/inventions.ts'
import { appliedTwice, lostChanges, wrongNumbers } from '../processes/proofs.ts'
import { Seeded } from '../sync/seeded.ts'

const DEVICES = 6
const WAIT_MS = 120_000

/** `npm run cluster -- 3`, as somebody types it. */
class Cluster {
  output = ''
  #process: ChildProcess | null = null

  constructor(
    readonly port: number,
    readonly folder: string,
    readonly settings: Settings,
  ) {}

  static async made(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'hims-cluster-'))
    const port = await freePort()
    return new Cluster(port, folder, { ...MANY_DEVICES, ...(await testSettings(folder)), PORT: String(port) })
  }

  get origin(): string {
    return `http://localhost:${this.port}`
  }

  get environment(): NodeJS.ProcessEnv {
    return environment(this.settings)
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/operations/cluster.mjs', '3'], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    const read = (text: Buffer) => {
      this.output += text
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', read)
    await this.says('3 nodes are ready')
  }

  async says(words: string): Promise<void> {
    await expect.poll(() => this.output, { timeout: WAIT_MS, interval: 200 }).toContain(words)
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal)
  }

  async stop(): Promise<number | null> {
    const child = this.#process
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const [code] = await ended
    return code
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

let clinic: Clinic<Cluster>
beforeAll(async () => {
  clinic = await openOn(await Cluster.made(), 2, () => undefined)
})
afterAll(() => clinic?.remove())

test('the set-up link that a new cluster prints is the one that is good, through the balancer', { timeout: 200_000 }, async () => {
  const fresh = await Cluster.made()
  try {
    await fresh.start()
    const links = fresh.output.match(/http:\/\/\S+\/setup\/\S+/g) ?? []
    expect(links).toHaveLength(1)
    const path = new URL(links[0] ?? '').pathname
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`http://127.0.0.1:${fresh.port}${path}`)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await fetch(`http://127.0.0.1:${fresh.port}/setup/another`)).status).toBe(404)
  } finally {
    await fresh.remove()
  }
})

test('a rolling restart of three nodes under load: tablets go on with another one, nothing acknowledged is lost or applied twice', {
  timeout: 400_000,
}, async () => {
  const { server, doctors, facilityId } = clinic
  await server.start()
  const random = new Seeded(7)
  const devices = Array.from({ length: DEVICES }, (_, index) => {
    const doctor = doctors[index % doctors.length]
    if (doctor === undefined) throw new RangeError('no such doctor')
    const own = new Seeded(random.below(2 ** 32))
    return new PushingDevice(new Connection(server, doctor, own.next), own, new Inventions(own, facilityId, []).register)
  })
  let over = false
  const work = devices.map(async (device) => {
    while (!over) {
      await device.arrive()
      await device.work()
    }
  })
  await Promise.all(devices.map((device) => device.nextAnswer()))
  server.signal('SIGHUP')
  await server.says('All nodes were started anew.')
  over = true
  for (const { connection } of devices) connection.close()
  await Promise.all(work)
  await Promise.all(devices.map((device) => device.finish()))
  for (const { connection } of devices) connection.close()
  const home = await fetch(`http://127.0.0.1:${server.port}/healthz`)
  expect([home.status, await home.json()]).toEqual([200, { status: 'ok' }])
  expect(await server.stop()).toBe(0)
  const found = await clinic.inside(async ({ database: { read }, auditLog }) => ({
    lost: await lostChanges(read, devices),
    twice: await appliedTwice(read, devices),
    numbers: await wrongNumbers(read, devices),
    audit: (await auditLog.verify()).kind,
  }))
  expect(found).toEqual({ lost: [], twice: [], numbers: [], audit: 'whole' })
  const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged.size, 0)
  process.stdout.write(`rolling restart: ${acknowledged} changes acknowledged, none lost\n`)
  expect(acknowledged).toBeGreaterThan(DEVICES)
})
