import type { Edit } from '#app/data/tablet.ts'
import { clientNumber } from '#domain/clients/number.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import type { SqlValue } from '#server/database/sql.ts'
import type { Device } from './device.ts'
import { liveThroughStory } from './history.ts'
import type { Finding } from './proofs/proof.ts'
import type { Setting, World } from './world.ts'

/** What a test tells of a clinic: its tablets are open and have received everything when it begins. */
export type Story = (world: World, ...tablets: [Device, Device, Device, Device]) => Promise<void>

export function inAClinic(doctors: string[][], story: Story, more: Partial<Setting> = {}): Promise<Finding[]> {
  return liveThroughStory({ doctors, people: 1, ...more }, async (world) => {
    for (const device of world.devices) await device.open()
    await world.time.run(3_000)
    await story(world, ...(world.devices as [Device, Device, Device, Device]))
  })
}

/** The first person that a tablet shows, by id. */
export function someone(device: Device, facilityId = 'main'): Fields & { id: string } {
  const here = (device.tablet?.records('clients') ?? []).filter(({ record }) => record.facilityId === facilityId)
  const [first] = here.map(({ record }) => record as unknown as Fields & { id: string }).sort((a, b) => (a.id < b.id ? -1 : 1))
  if (first === undefined) throw new Error(`${device.name} shows nobody`)
  return first
}

/** An edit of that person. @returns what was written */
export function edit(device: Device, field: string, to: Scalar = device.world.value(), seen = someone(device)): Scalar {
  device.save({ collection: 'clients', recordId: seen.id, op: 'edit', values: { [field]: to }, seen })
  return to
}

/** @returns the new client's number */
export function register(device: Device, more: Partial<Edit> = {}): string {
  const { world } = device
  const values = { givenName: world.value(), bornOnEstimated: false, facilityId: 'main' }
  const recordId = clientNumber(world.random.bytes(12))
  device.save({ collection: 'clients', recordId, op: 'create', values, seen: null, ...more })
  return more.recordId ?? recordId
}

export const shown = (device: Device | undefined, id: string) =>
  device?.tablet?.record('clients', id)?.record as unknown as Fields | undefined

export async function served(world: World, id: string): Promise<Record<string, SqlValue> | undefined> {
  return world.host.live.database.read.get('SELECT * FROM "Client" WHERE id = ?', id)
}

export async function pushes(world: World): Promise<string[]> {
  const rows = await world.host.live.database.read.all<{ n: number; outcome: string; reason: string | null }>(
    'SELECT n, outcome, reason FROM "Push" ORDER BY seq, n',
  )
  return rows.map(({ n, outcome, reason }) => `${n} ${outcome}${reason ? ` ${reason}` : ''}`)
}
