import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { Seeded } from '../sync/seeded.ts'
import { type Clinic, openClinic, type Special } from './clinic.ts'
import { Connection, Refused } from './connection.ts'
import { PushingDevice } from './device.ts'
import { Inventions } from './inventions.ts'
import { appliedTwice, lostChanges, wrongNumbers } from './proofs.ts'
import { wrongCounters, wrongSums } from './recounts.ts'

/** A disk that is full, and an orderly stop: nothing acknowledged is lost, whoever asks is told, and no hand is needed. */

const SEED = Number(process.env.HIMS_SEED ?? 31)
const MINUTE = 60_000

let clinic: Clinic | undefined
let mounted: string | undefined
afterEach(async () => {
  await clinic?.server.stop()
  if (mounted !== undefined) execFileSync('umount', [mounted])
  await clinic?.remove()
  clinic = undefined
  mounted = undefined
})

async function oneDevice(special: Special): Promise<{ clinic: Clinic; device: PushingDevice }> {
  const opened = await openClinic(1, special)
  clinic = opened
  await opened.server.start()
  const random = new Seeded(SEED)
  const [doctor] = opened.doctors
  if (doctor === undefined) throw new RangeError('no doctor')
  const inventions = new Inventions(random, opened.facilityId, [])
  const device = new PushingDevice(new Connection(opened.server, doctor, random.next), random, inventions.register)
  await device.arrive()
  return { clinic: opened, device }
}

const ask = async ({ server }: Clinic, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`)
  return [answer.status, await answer.json()]
}

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + MINUTE; !(await what()); await setTimeout(200)) if (Date.now() > end) throw new Error('it did not come')
}

const isReady = async (of: Clinic) => (await ask(of, '/readyz'))[0] === 200

async function expectWhole({ inside }: Clinic, device: PushingDevice): Promise<void> {
  const found = await inside(async ({ database: { read }, auditLog }, { timeZone }) => ({
    lost: await lostChanges(read, [device]),
    twice: await appliedTwice(read, [device]),
    numbers: await wrongNumbers(read, [device]),
    counters: await wrongCounters(read, timeZone),
    sums: await wrongSums(read),
    audit: (await auditLog.verify()).kind,
    contradictions: device.contradictions,
  }))
  expect(found).toEqual({ lost: [], twice: [], numbers: [], counters: [], sums: [], audit: 'whole', contradictions: [] })
}

/** Small disks are for root only. */
test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
  'a full disk refuses in words, turns /readyz red and loses nothing; with room again it goes on by itself',
  async () => {
    const { clinic, device } = await oneDevice({
      prepare: (folder) => {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder])
        mounted = folder
      },
    })
    device.write(Array.from({ length: 20 }, device.invent))
    await device.finish()
    expect(await isReady(clinic)).toBe(true)

    const filler = join(clinic.server.folder, 'filler')
    fill(filler)
    // What the log still has room for is taken; then the answer is no, and the process lives.
    let refusal: unknown
    for (let tries = 0; refusal === undefined && tries < 500; tries += 1) {
      device.write(Array.from({ length: 20 }, device.invent))
      refusal = await device.push(device.outbox.slice(device.acknowledged.size, device.acknowledged.size + 50)).catch((error) => error)
      if (!device.connection.connected) break
    }
    expect(refusal).toBeInstanceOf(Refused)
    expect(String(refusal)).toContain('unavailable')
    expect(await ask(clinic, '/healthz')).toEqual([200, { status: 'ok' }])
    await until(async () => !(await isReady(clinic)))
    expect(await ask(clinic, '/readyz')).toEqual([503, { status: 'not-ready', reason: 'database' }])

    rmSync(filler)
    await until(() => isReady(clinic))
    await device.finish()
    expect(device.acknowledged.size).toBe(device.outbox.length)
    expect(await clinic.server.stop()).toBe(0)
    await expectWhole(clinic, device)
  },
  5 * MINUTE,
)

/** Until not a byte more goes in. */
function fill(file: string): void {
  const handle = openSync(file, 'w')
  for (let bytes = 1024 * 1024; bytes >= 1; ) {
    try {
      if (writeSync(handle, Buffer.alloc(bytes)) < bytes) bytes = Math.floor(bytes / 2)
    } catch {
      bytes = Math.floor(bytes / 2)
    }
  }
  closeSync(handle)
}

test(
  'a server that is told where to makes a locked backup by itself, which opens with its key',
  async () => {
    const backups = mkdtempSync(join(tmpdir(), 'hims-own-backups-'))
    const key = { BACKUP_KEY: 'a key of more than twenty letters' }
    const { clinic, device } = await oneDevice({ settings: { BACKUP_DIR: backups, ...key } })
    await until(async () => readdirSync(backups).some((name) => name.endsWith('.sqlite')))
    device.write(Array.from({ length: 5 }, device.invent))
    await device.finish()
    await clinic.server.stop()
    const [file = ''] = readdirSync(backups)
    expect(await clinic.server.command('restore', join(backups, file))).toContain('is back at change')
    await clinic.server.start()
    rmSync(backups, { recursive: true })
  },
  2 * MINUTE,
)

test(
  'a stop sends a balancer elsewhere within 100 ms, still answers while it is waited for, and loses no acknowledgement',
  async () => {
    const { clinic, device } = await oneDevice({ settings: { DRAIN_SECONDS: '2' } })
    expect(await ask(clinic, '/readyz')).toEqual([200, { status: 'ready' }])
    const work = device.work()
    await device.nextAnswer()
    const stopped = clinic.server.stop()
    const began = performance.now()
    await setTimeout(100)
    expect(await ask(clinic, '/readyz')).toEqual([503, { status: 'not-ready', reason: 'stopping' }])
    expect(await ask(clinic, '/healthz')).toEqual([200, { status: 'ok' }])
    await device.nextAnswer()
    expect(await stopped).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    await work
    await clinic.server.start()
    await device.finish()
    expect(await clinic.server.stop()).toBe(0)
    await expectWhole(clinic, device)
  },
  3 * MINUTE,
)
