import type { Seeded } from '../seeded.ts'
import type { Device } from './device.ts'
import { cloneTablet, damageMirror, evictMirror, loseOutbox, oldApp, revoke, storageCleared, unreadableRow } from './faultsOfDevices.ts'
import { backUp, eraseSomebody, giveFacility, joinClients, otherProcess, putBack, takeFacility } from './faultsOfServer.ts'
import type { World } from './world.ts'

/** Something that goes wrong. `strike` answers whether it could happen. */
export interface Fault {
  name: string
  strike(world: World, device: Device, random: Seeded): Promise<boolean>
}

const SECOND = 1_000
const YEAR = 365 * 86_400 * SECOND

export const FAULTS: readonly Fault[] = [
  { name: 'network gone', strike: networkGone },
  { name: 'half-open connection', strike: halfOpen },
  { name: 'bad weather', strike: badWeather },
  { name: 'tablet cut off', strike: cutTablet },
  { name: 'tablet cut off in a write', strike: cutInAWrite },
  { name: 'tablet closed', strike: closeTablet },
  { name: 'second tab', strike: secondTab },
  { name: 'disk full', strike: diskFull },
  { name: 'clock jump', strike: clockJump },
  { name: 'server cut off in a transaction', strike: (world, _device, random) => cutServer(world, random, 'statement') },
  { name: 'server cut off before it answers', strike: (world, _device, random) => cutServer(world, random, 'answer') },
  { name: 'server restarted', strike: restartServer },
  { name: 'backup', strike: (world) => backUp(world, true) },
  { name: 'copy of the file', strike: (world) => backUp(world, false) },
  { name: 'restore by command', strike: (world, _device, random) => putBack(world, random, true) },
  { name: 'restore by file', strike: (world, _device, random) => putBack(world, random, false) },
  { name: 'facility given', strike: giveFacility },
  { name: 'facility taken', strike: takeFacility },
  { name: 'clients joined', strike: joinClients },
  { name: 'client erased', strike: eraseSomebody },
  { name: 'another process writes', strike: otherProcess },
  { name: 'old app', strike: oldApp },
  { name: 'tablet revoked', strike: revoke },
  { name: 'tablet cloned', strike: cloneTablet },
  { name: 'outbox lost', strike: loseOutbox },
  { name: 'unreadable row', strike: unreadableRow },
  { name: 'mirror evicted', strike: evictMirror },
  { name: 'mirror damaged', strike: damageMirror },
  { name: 'storage cleared', strike: storageCleared },
]

async function networkGone({ time }: World, { air }: Device, random: Seeded): Promise<boolean> {
  if (!air.reachable) return false
  air.setReachable(false)
  time.after(random.below(40 * SECOND), () => air.setReachable(true))
  return true
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

async function secondTab(_world: World, device: Device, random: Seeded): Promise<boolean> {
  const [first] = device.tabs
  if (first === undefined || device.isGone) return false
  if (device.tabs.length === 1) await device.open()
  else if (random.chance(0.5)) device.steal()
  else await device.close(first)
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

async function clockJump(_world: World, device: Device, random: Seeded): Promise<boolean> {
  device.clockOffset = Math.round((random.next() - 0.5) * 40 * YEAR)
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
