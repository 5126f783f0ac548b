import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { actOnce, Device } from './history.ts'
import { createPeople, createPrograms, everySavedChange, expectNothingLost, expectSameEverywhere } from './proofs.ts'
import { Seeded } from './seeded.ts'
import { startServer } from './server.ts'
import { loadPage, type Page } from './tablets.ts'

const HISTORIES = Number(process.env.HIMS_HISTORIES ?? 40)
const FIRST_SEED = Number(process.env.HIMS_SEED ?? 1)
const ACTIONS = 30

let pages: Page[]

beforeAll(async () => {
  pages = [await loadPage(), await loadPage(), await loadPage()]
})

let edits = 0
const outcomes: Record<string, number> = {}
afterAll(() => {
  process.stdout.write(
    `simulation: ${HISTORIES} histories from seed ${FIRST_SEED}, ${edits} edits, none lost: ${JSON.stringify(outcomes)}\n`,
  )
})

describe('three tablets over a network that loses, repeats and breaks', () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed += 1) {
    test(`P1 P2 P4 M1: no edit is lost and all become equal, seed ${seed}`, () => live(seed))
  }
})

async function live(seed: number): Promise<void> {
  const random = new Seeded(seed)
  const server = await startServer(Date.now)
  const devices = pages.map((page, index) => {
    const account = doctor(`doctor-${index === 2 ? 0 : index}`, server.facilityId)
    return new Device(`simulation-${seed}-${index}`, page, account, server, random)
  })
  try {
    await createPrograms(server)
    await createPeople(server, random)
    for (const device of devices) await device.powerOn()
    await expect
      .poll(() => devices.map(({ tablet }) => tablet?.records('clients').length), { timeout: 20_000, interval: 5 })
      .toEqual([2, 2, 2])
    for (const device of devices) device.network.loss = random.next() * 0.3
    for (let step = 0; step < ACTIONS; step += 1) {
      const device = random.pick(devices)
      if (random.chance(0.15)) device.network.setReachable(!device.network.reachable)
      if (random.chance(0.06)) await device.powerOff()
      await actOnce(device, random)
      if (random.chance(0.6)) await new Promise((resolve) => setTimeout(resolve, random.below(12)))
    }
    await settle(devices)
    edits += everySavedChange(devices).length
    for (const { outcome, n } of await server.database.read.all<{ outcome: string; n: number }>(
      'SELECT outcome, count(*) AS n FROM "Push" GROUP BY outcome',
    )) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + n
    }
    await expectNothingLost(server, devices)
    await expectSameEverywhere(server, devices)
  } finally {
    for (const device of devices) await device.powerOff()
    await server.close()
  }
}

/** The network heals, and everything finds its way. */
async function settle(devices: Device[]): Promise<void> {
  for (const device of devices) {
    if (device.tablet === null) await device.powerOn()
    device.network.loss = 0
    device.network.setReachable(true)
  }
  await expect
    .poll(() => devices.map((device) => device.tablet?.outbox().filter(({ state }) => state === 'unsent').length), {
      timeout: 20_000,
      interval: 5,
    })
    .toEqual(devices.map(() => 0))
  for (const device of devices) device.network.setReachable(true)
}

function doctor(id: string, facilityId: string): SignedInAccount {
  return { id, name: id, email: `${id}@example.org`, roles: ['doctor'], facilities: [facilityId] }
}
