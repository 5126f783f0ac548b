import type { Seeded } from '../seeded.ts'
import { Device } from './device.ts'
import { changeIdsOn, DAMAGED, type World } from './world.ts'

/** More tablets than this make a history slow. */
const MOST_TABLETS = 8
/** A session has this many live connections: a fourth tablet would push another one out for ever (decision 0026). */
const MOST_OF_ONE_SESSION = 3

/** An app of an older protocol or schema: it may push, and is told to upgrade before it pulls, until it is opened again. */
export async function oldApp({ time }: World, { air }: Device, random: Seeded): Promise<boolean> {
  air.old = random.pick([{ protocol: 1 }, { schema: 0 }])
  air.hangUp()
  time.after(random.below(60_000), () => {
    air.old = null
    air.hangUp()
  })
  return true
}

/** Somebody asks for the tablet to be wiped. */
export async function revoke(world: World, device: Device): Promise<boolean> {
  const { host } = world
  const deviceId = device.tablet?.deviceId
  if (!host.up || !deviceId || device.isRevoked) return false
  const { database, records } = host.live
  const changed = await database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = ? WHERE id = ?', world.time.now, deviceId))
  if (changed === 0) return false
  device.isRevoked = true
  world.destroyMirror(device)
  records.rightsChanged(device.account.id)
  return true
}

/** A copy of the browser's profile goes on, on another tablet: the same device twice. */
export async function cloneTablet(world: World, device: Device, random: Seeded): Promise<boolean> {
  const ofSession = world.devices.filter(({ account }) => account.id === device.account.id)
  if (ofSession.length >= MOST_OF_ONE_SESSION || world.devices.length >= MOST_TABLETS) return false
  if (device.isGone || device.isRevoked || device.disk.isEmpty) return false
  const clone = new Device(`${device.name}-clone-${world.devices.length}`, device.account, world, random)
  clone.putIn(device.disk.copy())
  Object.assign(clone, { unsent: device.unsent, wiping: device.wiping, damaged: device.damaged })
  world.devices.push(clone)
  return true
}

const pending = ({ disk }: Device) => disk.documents('outbox').filter(({ _deleted, state }) => !_deleted && state === 'pending')

/** The rows are lost, the device's name is not: its numbers begin again. */
export async function loseOutbox(world: World, device: Device): Promise<boolean> {
  if (device.isGone || changeIdsOn(device).length === 0) return false
  device.cut()
  await world.destroyOutbox(device)
  device.disk.forgetRows('outbox')
  return true
}

export async function unreadableRow(world: World, device: Device, random: Seeded): Promise<boolean> {
  device.cut()
  const rows = pending(device)
  if (rows.length === 0) return false
  const row = random.pick(rows)
  world.ledger.madeUnreadable(String(row.changeId))
  device.disk.damage('outbox', String(row.id), (whole) => ({ ...whole, body: '{"n":' }))
  return true
}

/** The browser needed the space of what can be had again. */
export async function evictMirror(world: World, device: Device): Promise<boolean> {
  if (device.isGone || device.disk.isEmpty) return false
  device.cut()
  world.destroyMirror(device)
  device.disk.forget('-mirror')
  return true
}

/** A record of the mirror is lost, or it is an older one than the mirror believes. */
export async function damageMirror(world: World, device: Device, random: Seeded): Promise<boolean> {
  device.cut()
  const rows = device.disk.documents('clients', '-mirror').filter(({ _deleted }) => !_deleted)
  if (rows.length === 0) return false
  const lost = random.chance(0.5)
  const id = String(random.pick([...rows].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).id)
  device.disk.damage('clients', id, (row) => (lost ? null : { ...row, seq: Math.max(1, Number(row.seq) - 1), givenName: DAMAGED }))
  device.damaged += 1
  world.destroyMirror(device)
  return true
}

export async function storageCleared(world: World, device: Device): Promise<boolean> {
  if (device.isGone || device.disk.isEmpty) return false
  device.cut()
  await world.destroyOutbox(device)
  world.destroyMirror(device)
  device.disk.forget('')
  Object.assign(device, { wiping: null, unsent: 0 })
  return true
}
