import { createHash } from 'node:crypto'
import { COLLECTION_NAMES } from '#domain/collections.ts'
import type { Guard } from '#domain/sync/guards.ts'
import type { Sql } from '#server/database/sql.ts'
import { Seeded } from '../seeded.ts'
import { CutOff } from '../server.ts'
import { work } from './doctor.ts'
import { FAULTS, type Fault } from './faults.ts'
import { checkAll } from './proofs/all.ts'
import { watch } from './proofs/always.ts'
import { type Finding, found } from './proofs/proof.ts'
import { allRecords } from './proofs/served.ts'
import { FACILITIES, type Setting, World } from './world.ts'

export interface Told {
  seed: number
  edits: number
  faults: Record<string, number>
  outcomes: Record<string, number>
  acknowledged: number
  repairs: number
  findings: Finding[]
  /** The same for the same seed. */
  hash: string
}

export interface Choice {
  without?: readonly Guard[]
  /** Only these faults; all of them when left out. */
  faults?: readonly string[]
  actions?: number
  restMs?: number
}

/** Longest time until everything must have come to rest after the last fault, ms. */
const REST_MS = 600_000

/** Lives through a story that a test tells, and looks whether everything holds that must. */
export async function liveThroughStory(setting: Setting, story: (world: World) => Promise<void>, seed = 1): Promise<Finding[]> {
  const world = new World(seed, setting)
  try {
    await world.begin()
    await story(world)
    return [...world.seen, ...(await comeToRest(world))]
  } finally {
    await world.end()
  }
}

/** Lives through the history of a seed, and looks whether everything holds that must. */
export async function liveThrough(seed: number, choice: Choice = {}): Promise<Told> {
  const random = new Seeded(seed * 7919)
  const setting: Setting = {
    doctors: doctorsOf(random),
    people: 1 + random.below(2),
    without: choice.without ?? [],
    ...(choice.restMs ? { restMs: choice.restMs } : {}),
  }
  const world = new World(seed, setting)
  try {
    await world.begin()
    const faults = faultsOf(random, choice.faults)
    for (const device of world.devices) if (random.chance(0.8)) await device.open()
    await world.time.run(random.below(3_000))
    for (let left = choice.actions ?? 25 + random.below(30); left > 0; left -= 1) await act(world, random, faults)
    const findings = await comeToRest(world)
    return await tell(world, [...world.seen, ...findings])
  } finally {
    await world.end()
  }
}

/** Two to eight tablets, mostly few, so that a history is quick; some doctors have two facilities, some two tablets. */
function doctorsOf(random: Seeded): string[][] {
  const count = random.chance(0.1) ? 5 + random.below(4) : 2 + random.below(3)
  return Array.from({ length: count }, () => {
    const first = random.chance(0.7) ? 'main' : random.pick(FACILITIES)
    return random.chance(0.3) ? [...new Set([first, random.pick(FACILITIES)])] : [first]
  })
}

/** Some kinds for each history, so that each is met often enough, and not all at once. */
function faultsOf(random: Seeded, only?: readonly string[]): Fault[] {
  if (only) return FAULTS.filter(({ name }) => only.includes(name))
  const chance = random.pick([0.15, 0.3, 0.5])
  return FAULTS.filter(() => random.chance(chance))
}

/** The server was about to be cut off, and the tester's own work met it. */
function cutOff(error: unknown): false {
  if (error instanceof CutOff) return false
  throw error
}

async function act(world: World, random: Seeded, faults: readonly Fault[]): Promise<void> {
  // What was begun goes on to its next wait: nothing is cut off between two statements.
  await world.time.run(0)
  const device = random.pick(world.devices)
  if (faults.length > 0 && random.chance(0.25)) {
    const fault = random.pick(faults)
    const struck = await fault.strike(world, device, random).catch(cutOff)
    if (struck && fault.counts === undefined) world.happened(fault.name)
  } else {
    if (device.tablet === null && !device.isGone) await device.open()
    work(device)
  }
  if (random.chance(0.7)) await world.time.run(random.below(300))
  if (random.chance(0.12)) await world.time.run(random.below(20_000))
  if (random.chance(0.3)) await watch(world)
}

/** The network heals, the power comes back, and everything finds its way. */
export async function comeToRest(world: World): Promise<Finding[]> {
  const { time, host, devices } = world
  host.cutAt = null
  if (!host.up) await time.outside(host.start())
  for (const device of devices) {
    for (const { power } of device.tabs) Object.assign(power, { cutAt: null, full: false, slowMs: 0 })
    if (device.tabs.every(({ tablet }) => tablet === null) && !device.isGone) await device.open()
    device.air.heal()
  }
  const latest = time.now + (world.setting.restMs ?? REST_MS)
  let findings: Finding[] = []
  // Looking costs more than living: a history that is not at rest soon is looked at ever more seldom.
  for (let pause = 2_000; time.now < latest; pause *= 1.5) {
    await time.run(pause)
    const restless = devices.filter((device) => !isQuiet(device))
    findings = found(
      'diverged',
      restless.map(({ name, tablet }) => `${name} never came to rest: ${JSON.stringify(tablet?.sync())}`),
    )
    if (restless.length === 0) findings = await checkAll(world)
    if (findings.length === 0) break
  }
  return findings
}

function isQuiet(device: World['devices'][number]): boolean {
  if (device.isGone) return true
  const sync = device.tablet?.sync()
  if (sync?.wiped && device.wiping === null && device.disk.documents('outbox').length === 0) {
    device.isGone = true
    device.world.happened('tablet wiped')
    return true
  }
  return sync !== undefined && sync.connection === 'online' && sync.unsent === 0 && sync.firstSync === 'done' && !sync.restoring
}

/** What can be seen only in the end: who moved on and on, and what came for a client who had been joined into another. */
async function lateFaults(sql: Sql): Promise<string[]> {
  const moved = await sql.all(`SELECT "recordId" FROM "Departed" WHERE collection = 'clients' GROUP BY "recordId" HAVING count(*) > 1`)
  const late = await sql.all(
    `SELECT DISTINCT "Push"."changeId" FROM "Push" JOIN "Change" ON "Change"."changeId" = "Push"."changeId"
     WHERE "Push".collection = 'clients' AND "Change".op <> 'create' AND "Change"."recordId" <> "Push"."recordId"`,
  )
  return [...moved.map(() => 'client moved from A to B to C'), ...late.map(() => 'late edit of a joined client')]
}

async function tell(world: World, findings: Finding[]): Promise<Told> {
  const sql = world.host.live.database.read
  const rows = await sql.all<{ outcome: string; times: number }>(
    'SELECT outcome, count(*) AS times FROM "Push" GROUP BY outcome ORDER BY 1',
  )
  const outcomes = Object.fromEntries(rows.map(({ outcome, times }) => [outcome, times]))
  for (const name of await lateFaults(sql)) world.happened(name)
  const records = await Promise.all(COLLECTION_NAMES.map((name) => allRecords(sql, name)))
  const history = await sql.all('SELECT * FROM "Change" ORDER BY seq, field')
  const outboxes = world.devices.map(({ disk }) => disk.documents('outbox').map(({ id, state, seq }) => [id, state, seq]))
  const whole = { now: world.time.now, steps: world.time.steps, records, history, outboxes, counted: world.counted }
  return {
    seed: world.seed,
    edits: world.ledger.saved.size,
    faults: world.faults,
    outcomes,
    acknowledged: rows.reduce((sum, { outcome, times }) => (outcome === 'parked' ? sum : sum + times), 0),
    repairs: world.repairs,
    findings,
    hash: createHash('sha256').update(JSON.stringify(whole)).digest('hex'),
  }
}
