import { SHARE_REASONS } from '#domain/clients/client.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { type Place, sharesOf } from '#domain/facilities/place.ts'
import { Refusal } from '#domain/problem.ts'
import { created } from '../proofs.ts'
import type { Seeded } from '../seeded.ts'
import { CutOff } from '../server.ts'
import type { Device } from './device.ts'
import { stakesOf } from './stakes.ts'
import { FACILITIES, OPERATOR, type World } from './world.ts'

/** A copy of the file; as a backup it is verified and written down, so that tablets forget what is in it. */
export async function backUp(world: World, verified: boolean): Promise<boolean> {
  const { host, time } = world
  if (!host.up) return false
  const copy = await time.outside(host.copyFile())
  world.copies.push(copy)
  if (!verified) return true
  // An older one is never put back: what the tablets forgot is in this one.
  world.copies.splice(0, world.copies.length - 1)
  const { seq } = await host.live.records.head()
  world.ledger.backedUp(await host.changeIds())
  const text = 'INSERT INTO "Backup" (id, seq, at, file) VALUES (?, ?, ?, ?)'
  await host.live.database.write((sql) => sql.run(text, world.random.uuid(), seq, time.now, 'a-file'))
  return true
}

export async function putBack(world: World, random: Seeded, byCommand: boolean): Promise<boolean> {
  const { host, time, ledger, devices } = world
  if (!host.up || world.copies.length === 0) return false
  const copy = random.pick(world.copies)
  const before = await host.changeIds()
  host.onCut = () => undefined
  await time.outside(host.putBack(copy, byCommand))
  const after = await host.changeIds()
  ledger.tookBack([...before].filter((changeId) => !after.has(changeId)))
  const { seq } = await host.live.records.head()
  world.restoredAt = seq
  world.stakes = stakesOf(devices, seq)
  return true
}

export async function giveFacility(world: World, { account }: Device, random: Seeded): Promise<boolean> {
  const more = FACILITIES.filter((id) => !account.facilities.includes(id))
  if (!world.host.up || more.length === 0) return false
  const facilityId = random.pick(more)
  account.facilities.push(facilityId)
  await world.giveFacility(account.id, facilityId)
  return true
}

export async function takeFacility(world: World, { account }: Device, random: Seeded): Promise<boolean> {
  if (!world.host.up || account.facilities.length === 0) return false
  const facilityId = random.pick(account.facilities)
  account.facilities.splice(account.facilities.indexOf(facilityId), 1)
  await world.takeFacility(account.id, facilityId)
  return true
}

/** Two clients turn out to be one person; one of them may have been joined into another before. */
export async function joinClients(world: World, _device: Device, random: Seeded): Promise<boolean> {
  const { host } = world
  if (!host.up) return false
  const rows = await host.live.database.read.all<{ id: string }>('SELECT id FROM "Client" WHERE deleted = 0 ORDER BY id')
  if (rows.length < 2) return false
  const from = random.pick(rows).id
  const into = random.pick(rows.filter(({ id }) => id !== from)).id
  try {
    return (await host.live.records.join(OPERATOR, { from, into })).joined
  } catch (error) {
    // Who stands for one of them was removed.
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Two who were joined are two after all, whatever was written of either since. */
export async function partClients(world: World, device: Device, random: Seeded): Promise<boolean> {
  if (!world.host.up) return false
  if ((await joinedOnes(world)).length === 0) {
    await joinClients(world, device, random)
    await world.time.run(random.below(10_000))
  }
  const joined = world.host.up ? await joinedOnes(world) : []
  if (joined.length === 0) return false
  try {
    return (await world.host.live.records.part(OPERATOR, { id: random.pick(joined).id })).parted
  } catch (error) {
    // One of them was removed.
    if (error instanceof Refusal) return false
    throw error
  }
}

/** A client comes to another clinic. The answer never matters: who shares sees the record arrive. */
export async function shareClient(world: World, _device: Device, random: Seeded): Promise<boolean> {
  const { host } = world
  if (!host.up) return false
  const rows = await host.live.database.read.all<{ id: string }>('SELECT id FROM "Client" WHERE deleted = 0 ORDER BY id')
  if (rows.length === 0) return false
  const reason = random.pick(SHARE_REASONS)
  return answered(host.live.records.share(OPERATOR, { id: random.pick(rows).id, facilityId: random.pick(FACILITIES), reason }))
}

export async function unshareClient(world: World, device: Device, random: Seeded): Promise<boolean> {
  const shared = () =>
    world.host.live.database.read.all<Place & { id: string }>(
      'SELECT id, "facilityId", "sharedWith" FROM "Client" WHERE deleted = 0 AND "sharedWith" IS NOT NULL ORDER BY id',
    )
  if (!world.host.up) return false
  if ((await shared()).length === 0) {
    await shareClient(world, device, random)
    await world.time.run(random.below(10_000))
  }
  const [client] = world.host.up ? await shared() : []
  if (client === undefined) return false
  return answered(world.host.live.records.unshare(OPERATOR, { id: client.id, facilityId: random.pick(sharesOf(client)) }))
}

/** Who stands for the client was removed, or the power went. */
async function answered(asked: Promise<{ changed: boolean }>): Promise<boolean> {
  try {
    return (await asked).changed
  } catch (error) {
    if (error instanceof Refusal || error instanceof CutOff) return false
    throw error
  }
}

function joinedOnes({ host }: World): Promise<{ id: string }[]> {
  return host.live.database.read.all('SELECT id FROM "Client" WHERE "mergedInto" IS NOT NULL ORDER BY id')
}

/** Somebody asked to be erased, and an administrator did it. */
export async function eraseSomebody(world: World, _device: Device, random: Seeded): Promise<boolean> {
  const { host } = world
  if (!host.up) return false
  const rows = await host.live.database.read.all<{ id: string }>('SELECT id FROM "Client" WHERE deleted = 0 ORDER BY id')
  if (rows.length === 0) return false
  // The power may go meanwhile: then it is done at the next start, or was never begun.
  await host.live.records.erase(OPERATOR, random.pick(rows).id).catch((error) => {
    if (!(error instanceof CutOff)) throw error
  })
  return true
}

/** An import runs beside the server: numbers move, and no message says so (rule S12). */
export async function otherProcess(world: World, _device: Device, random: Seeded): Promise<boolean> {
  if (!world.host.up) return false
  const values = { givenName: world.value(), bornOnEstimated: false, facilityId: random.pick(FACILITIES) }
  await world.host.live.beside.apply(OPERATOR, [created('clients', clientNumber(random.bytes(12)), values, random.uuid())])
  return true
}
