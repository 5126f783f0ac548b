import type { Seeded } from '../seeded.ts'
import type { Device } from './device.ts'
import { cloneTablet, damageMirror, evictMirror, loseOutbox, oldApp, revoke, storageCleared, unreadableRow } from './faultsOfDevices.ts'
import {
  backUp,
  eraseSomebody,
  giveFacility,
  joinClients,
  otherProcess,
  partClients,
  putBack,
  shareClient,
  takeFacility,
  unshareClient,
} from './faultsOfServer.ts'
import type { World } from './world.ts'

/** Something that goes wrong. `strike` answers whether it could happen. */
export interface Fault {
  name: string
  /** The kinds under which it is counted where it happens: it only makes ready for them. */
  counts?: readonly string[]
  strike(world: World, device: Device, random: Seeded): Promise<boolean>
}

const SECOND = 1_000
const YEAR = 365 * 86_400 * SECOND

export const FAULTS: readonly Fault[] = [
  { name: 'network gone', strike: networkGone },
  { name: 'half-open connection', strike: halfOpen, counts: ['half-open connection'] },
  { name: 'bad weather', strike: badWeather, counts: ['message lost', 'message doubled', 'message late', 'message overtaken'] },
  { name: 'tablet cut off', strike: cutTablet },
  { name: 'tablet cut off in a write', strike: cutInAWrite, counts: ['tablet cut off before a write', 'tablet cut off after a write'] },
  { name: 'tablet closed', strike: closeTablet },
  { name: 'two tabs', strike: twoTabs, counts: ['second tab', 'tab takes over', 'first tab closed'] },
  { name: 'disk full', strike: diskFull, counts: ['disk full'] },
  { name: 'clock jump', strike: clockJump, counts: ['clock years ahead', 'clock years behind'] },
  { name: 'server clock jump', strike: serverClockJump, counts: ['server clock years ahead', 'server clock years behind'] },
  {
    name: 'server cut off in a transaction',
    strike: (world, _device, random) => cutServer(world, random, 'statement'),
    counts: ['server cut off in a transaction'],
  },
  {
    name: 'server cut off before it answers',
    strike: (world, _device, random) => cutServer(world, random, 'answer'),
    counts: ['server cut off before it answers'],
  },
  { name: 'server restarted', strike: restartServer },
  { name: 'backup', strike: (world) => backUp(world, true) },
  { name: 'copy of the file', strike: (world) => backUp(world, false) },
  { name: 'restore by command', strike: (world, _device, random) => putBack(world, random, true) },
  { name: 'restore by file', strike: (world, _device, random) => putBack(world, random, false) },
  { name: 'facility given', strike: giveFacility },
  { name: 'facility taken', strike: takeFacility },
  { name: 'clients joined', strike: joinClients },
  { name: 'clients parted', strike: partClients },
  { name: 'client shared', strike: shareClient },
  { name: 'sharing ended', strike: unshareClient },
  { name: 'client erased', strike: eraseSomebody },
  { name: 'another process writes', strike: otherProcess },
  { name: 'old app', strike: oldApp, counts: ['old protocol', 'old schema'] },
  { name: 'tablet revoked', strike: revoke },
  { name: 'tablet cloned', strike: cloneTablet },
  { name: 'outbox lost', strike: loseOutbox },
  { name: 'unreadable row', strike: unreadableRow },
  { name: 'mirror evicted', strike: evictMirror },
  { name: 'mirror damaged', strike: damageMirror },
  { name: 'storage cleared', strike: storageCleared },
]

/** What doctors and tablets do by themselves, and must be seen to do: moves A to B to C, late edits, wipes. */
const BY_THEMSELVES = ['client moved from A to B to C', 'late edit of a joined client', 'tablet wiped']

/** Everything that many histories together must have met. */
export const KINDS: readonly string[] = [...FAULTS.flatMap(({ name, counts }) => counts ?? [name]), ...BY_THEMSELVES]

async function networkGone({ time }: World, { air }: Device, random: Seeded): Promise<boolean> {
  if (!air.reachable) return false
  const { isConnected } = air
  air.setReachable(false)
  time.after(random.below(40 * SECOND), () => air.setReachable(true))
  return isConnected
}

async function halfOpen({ time }: World, { air }: Device, random: Seeded): Promise<boolean> {
  air.halfOpen = true
  time.after(random.below(30 * SECOND), () => {
    air.halfOpen = false
    air.hangUp()
  })
  return true
}

/** Messages are lost, come twice, late, and in another order. */
async function badWeather({ time }: World, { air }: Device, random: Seeded): Promise<boolean> {
  Object.assign(air, { drop: random.next() * 0.3, duplicate: random.next() * 0.3, delayMs: random.pick([20, 300, 3_000]) })
  time.after(random.below(60 * SECOND), () => Object.assign(air, { drop: 0, duplicate: 0, delayMs: 30 }))
  return true
}

async function cutTablet(_world: World, device: Device): Promise<boolean> {
  if (device.tabs.length === 0) return false
  device.cut()
  return true
}

/** The power goes at one of the next writes, just before or just after the bytes are there. */
async function cutInAWrite(_world: World, device: Device, random: Seeded): Promise<boolean> {
  const power = device.tabs.at(-1)?.power
  if (power === undefined) return false
  power.cutAt = { step: random.pick(['write', 'written']), left: 1 + random.below(12) }
  return true
}

async function closeTablet(_world: World, device: Device): Promise<boolean> {
  if (device.tabs.length === 0) return false
  await device.off()
  return true
}

/** A second tab is opened; a little later it takes over, or the first one is closed. */
async function twoTabs(world: World, device: Device, random: Seeded): Promise<boolean> {
  const [first] = device.tabs
  // One that has wiped itself would begin as a new tablet.
  if (first === undefined || device.isGone || device.tablet?.sync().wiped) return false
  if (device.tabs.length === 1 && (await device.open())) world.happened('second tab')
  if (device.tabs.length < 2) return false
  if (random.chance(0.3)) {
    await device.close(first)
    world.happened('first tab closed')
    return true
  }
  world.time.after(random.below(10 * SECOND), () => {
    if (device.steal()) world.happened('tab takes over')
  })
  return true
}

async function diskFull({ time }: World, device: Device, random: Seeded): Promise<boolean> {
  const power = device.tabs.at(-1)?.power
  if (power === undefined) return false
  power.full = true
  time.after(random.below(10 * SECOND), () => {
    power.full = false
  })
  return true
}

const someYears = (random: Seeded) => Math.round((random.next() - 0.5) * 40 * YEAR)

async function clockJump(world: World, device: Device, random: Seeded): Promise<boolean> {
  device.clockOffset = someYears(random)
  if (device.tablet !== null) world.happened(device.clockOffset > 0 ? 'clock years ahead' : 'clock years behind')
  return true
}

async function serverClockJump(world: World, _device: Device, random: Seeded): Promise<boolean> {
  const { host } = world
  host.clockOffset = someYears(random)
  if (host.up) world.happened(host.clockOffset > 0 ? 'server clock years ahead' : 'server clock years behind')
  return true
}

async function cutServer({ host, time }: World, random: Seeded, step: 'statement' | 'answer'): Promise<boolean> {
  if (!host.up) return false
  host.cutAt = { step, left: 1 + random.below(step === 'statement' ? 60 : 4) }
  host.onCut = () => comesBack(host, time, random)
  return true
}

async function restartServer({ host, time }: World, _device: Device, random: Seeded): Promise<boolean> {
  if (!host.up) return false
  host.onCut = () => comesBack(host, time, random)
  host.cut()
  return true
}

function comesBack(host: World['host'], time: World['time'], random: Seeded): void {
  host.onCut = () => undefined
  time.after(100 + random.below(15 * SECOND), () => {
    if (!host.up) void time.outside(host.start())
  })
}
