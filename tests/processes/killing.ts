import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HimsServer } from '../e2e/server.ts'
import { Seeded } from '../sync/seeded.ts'
import type { Clinic } from './clinic.ts'
import { Connection } from './connection.ts'
import { PushingDevice } from './device.ts'
import { type Acquaintance, create, Inventions, PROGRAM } from './inventions.ts'
import type { Nodes } from './nodes.ts'
import { appliedTwice, lostChanges, overwritten, unexplainedRecords, wrongNumbers } from './proofs.ts'
import { wrongCounters, wrongSums } from './recounts.ts'

const DEVICES = 8
const DOCTORS = 4
const KNOWN_PEOPLE = 4
const KILLS = Number(process.env.HIMS_KILLS ?? 30)
/** The server is killed this long after the devices are at work again, ms. */
const MOMENT = { least: 5, most: 300 }
/** Of the restarts, so many are killed too: SQLite is then mending what the kill before left. */
const KILLED_STARTS = 0.1

let clinic: Clinic<HimsServer | Nodes>
/** The moments of the kills are the machine's; what the doctors do is this seed's. */
const SEED = Number(process.env.HIMS_SEED ?? Date.now())
const random = new Seeded(SEED)
const known: Acquaintance[] = []
const doctors: Inventions[] = []
const devices: PushingDevice[] = []

/** @param of in the name of the test: who is killed */
export function proveKills(of: string, open: (doctors: number) => Promise<Clinic<HimsServer | Nodes>>): void {
  beforeAll(async () => {
    process.stdout.write(`processes: HIMS_SEED=${SEED}\n`)
    clinic = await open(DOCTORS)
    for (let index = 0; index < DEVICES; index += 1) {
      const own = new Seeded(random.below(2 ** 32))
      const doctor = new Inventions(own, clinic.facilityId, known)
      const account = clinic.doctors[index % DOCTORS]
      if (account === undefined) throw new RangeError('no such doctor')
      doctors.push(doctor)
      devices.push(new PushingDevice(new Connection(clinic.server, account, own.next), own, doctor.next))
    }
  })

  afterAll(async () => {
    for (const { connection } of devices) connection.close()
    await clinic?.remove()
  })

  test(`P1 P4: ${KILLS} times kill -9 ${of} under load loses nothing acknowledged and applies nothing twice`, {
    timeout: 900_000,
  }, async () => {
    await clinic.server.start()
    await prepareClinic()
    const cut = await killAgainAndAgain()
    await arriveAll()
    await Promise.all(devices.map((device) => device.finish()))
    expect(await clinic.server.stop()).toBe(0)

    const found = await clinic.inside(async ({ database: { read }, auditLog }, { timeZone }) => ({
      lost: await lostChanges(read, devices),
      twice: await appliedTwice(read, devices),
      overwritten: await overwritten(read, doctors),
      numbers: await wrongNumbers(read, devices),
      history: await unexplainedRecords(read),
      counters: await wrongCounters(read, timeZone),
      sums: await wrongSums(read),
      audit: (await auditLog.verify()).kind,
      contradictions: devices.flatMap(({ contradictions }) => contradictions),
    }))
    say(cut, found)
    expect(found).toEqual({
      lost: [],
      twice: [],
      overwritten: [],
      numbers: [],
      history: [],
      counters: [],
      sums: [],
      audit: 'whole',
      contradictions: [],
    })
    // The proof of the proof: pushes were really in flight when the server died, and some of every kind were answered.
    expect(cut).toBeGreaterThan(KILLS)
    expect(Object.keys(outcomes()).sort()).toEqual(['applied', 'conflict', 'merged'])
  })
}

/** A program, and people whom all doctors know. */
async function prepareClinic(): Promise<void> {
  await arriveAll()
  const [device] = devices
  const [doctor] = doctors
  if (device === undefined || doctor === undefined) throw new RangeError('no device')
  const people = Array.from({ length: KNOWN_PEOPLE }, () => doctor.person())
  device.write([
    create('programs', PROGRAM, { name: 'Tuberculosis', category: 'other', active: true }),
    ...people.map(({ id, ...values }) => create('clients', id, values)),
  ])
  await device.finish()
  for (const [index, person] of people.entries()) known.push({ ...person, seq: device.answerOf(index + 2)?.seq ?? 0 })
}

/** @returns how many requests were in flight when the server died */
async function killAgainAndAgain(): Promise<number> {
  let cut = 0
  for (let kills = 0; kills < KILLS; kills += 1) {
    if (kills > 0) await arriveAll()
    const work = Promise.all(devices.map((device) => device.work()))
    await someMoment(work)
    cut += devices.filter(({ inFlight }) => inFlight).length
    await clinic.server.kill()
    // Of several nodes only one was killed: to the devices of the others the network is cut.
    for (const { connection } of devices) connection.close()
    await work
    if (random.chance(KILLED_STARTS)) await killWhileStarting()
    await clinic.server.start()
  }
  return cut
}

/**
 * Any time; or some time after the first answer, which is late on a busy machine; or in the very moment of an answer: a
 * server that answered before its commit would be caught there.
 */
async function someMoment(work: Promise<unknown>): Promise<void> {
  const anAnswer = () => Promise.race([work, ...devices.map((device) => device.nextAnswer())])
  const kind = random.pick(['any', 'after', 'at'])
  if (kind === 'after') await anAnswer()
  await setTimeout(MOMENT.least + random.below(MOMENT.most - MOMENT.least))
  if (kind === 'at') await anAnswer()
}

async function killWhileStarting(): Promise<void> {
  const start = clinic.server.start().catch(() => undefined)
  await setTimeout(random.below(800))
  await clinic.server.kill()
  await start
}

async function arriveAll(): Promise<void> {
  await Promise.all(devices.map((device) => device.arrive()))
}

function outcomes(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of devices.flatMap(({ acknowledged }) => [...acknowledged.values()])) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

function say(cut: number, found: Record<'lost' | 'twice', string[]>): void {
  const sum = (count: (device: PushingDevice) => number) => devices.reduce((total, device) => total + count(device), 0)
  process.stdout.write(
    `kills ${KILLS}, acknowledged ${sum(({ acknowledged }) => acknowledged.size)}, lost ${found.lost.length}, twice ${found.twice.length}; ` +
      `requests cut ${cut}, committed but unheard ${sum(({ unheard }) => unheard)}, sent again ${sum(({ repeated }) => repeated)}, ` +
      `outcomes ${JSON.stringify(outcomes())}\n`,
  )
}
