import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTestTablet } from '#app/data/tablet.fixture.ts'
import type { Tablet } from '#app/data/tablet.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { DirectNetwork } from './directNetwork.ts'
import { Seeded } from './seeded.ts'
import { type SimulatedServer, startServer } from './server.ts'

const VIEWS = 400
const BETWEEN_MS = 11 * 60_000

let server: SimulatedServer
let tablet: Tablet
beforeEach(async () => {
  server = await startServer(Date.now)
})
afterEach(async () => {
  await tablet.close()
  await server.close()
})

/** Issue 4: reads of a client on a tablet are audited too, and arrive by sync. */
test('whoever was looked at is in the audit log once, whatever is lost, refused or closed on the way', async () => {
  const random = new Seeded(25)
  const account: SignedInAccount = {
    id: 'amina',
    name: 'Amina',
    email: 'a@example.org',
    roles: ['doctor'],
    facilities: [server.facilityId],
  }
  let now = 1_000
  let failing = false
  const network = new DirectNetwork(
    server,
    () => account,
    () => failing && random.chance(0.5),
  )
  const open = () =>
    openTestTablet(network, 'views-under-faults', new Set(), { account, now: () => now, newId: random.uuid, random: random.next })
  tablet = await open()
  const noted: string[] = []
  for (let index = 0; index < VIEWS; index += 1) {
    now += BETWEEN_MS
    const clientId = `client-${random.below(40)}`
    tablet.noteView(clientId)
    noted.push(`${clientId} ${now}`)
    failing = random.chance(0.3)
    network.losesAnswers = random.chance(0.3)
    if (random.chance(0.2)) network.setReachable(random.chance(0.6))
    if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(12)))
    if (!random.chance(0.03)) continue
    await tablet.close()
    tablet = await open()
  }
  failing = false
  network.losesAnswers = false
  network.setReachable(true)
  const heard = () =>
    server.database.read.all<{ what: string }>(
      `SELECT subject || ' ' || "deviceTime" AS what FROM "AuditEvent" WHERE action = 'client.viewed' AND "actorId" = 'amina'`,
    )
  await vi.waitFor(async () => expect((await heard()).length).toBe(VIEWS), { timeout: 30_000 })
  expect((await heard()).map(({ what }) => what).sort()).toEqual([...noted].sort())
})
