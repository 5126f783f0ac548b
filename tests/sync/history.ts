import type { Tablet } from '#app/data/tablet.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import { LossyNetwork } from './network.ts'
import type { Seeded } from './seeded.ts'
import type { SimulatedServer } from './server.ts'
import type { Page } from './tablets.ts'

/** One tablet of a simulated history: it can lose its network and its power. */
export class Device {
  network: LossyNetwork
  tablet: Tablet | null = null

  constructor(
    readonly name: string,
    readonly page: Page,
    readonly account: SignedInAccount,
    readonly server: SimulatedServer,
    readonly random: Seeded,
  ) {
    this.network = this.#network(0, true)
  }

  #network(loss: number, reachable: boolean): LossyNetwork {
    const { server, account, random } = this
    const onMoved = (listener: Parameters<LossyNetwork['onMoved']>[0]) =>
      server.records.onMoved(({ moved }) => {
        for (const { collection, room, seq } of moved) listener({ epoch: '', collection, room, seq })
      })
    return new LossyNetwork({ connect: () => server.connect(() => account), random, loss, onMoved }, reachable)
  }

  async powerOn(): Promise<Tablet> {
    this.network = this.#network(this.network.loss, this.network.reachable)
    // Clocks of tablets are wrong, by days and by years.
    const offset = (this.random.next() - 0.5) * 6 * 365 * 86_400_000
    const { account, network, random } = this
    this.tablet = await this.page.open({
      name: this.name,
      account,
      connect: () => network,
      now: () => Math.round(Date.now() + offset),
      random: random.next,
      newId: random.uuid,
      pullRetryMs: 10,
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    })
    return this.tablet
  }

  async powerOff(): Promise<void> {
    await this.tablet?.close()
    this.tablet = null
  }
}

const PROGRAMS = ['HIV-001', 'TB-001']
const NAMES = ['Amina', 'Juma', 'Neema', 'Baraka', 'Zuhura']

/** One thing a doctor does. @returns whether something was saved */
export async function actOnce(device: Device, random: Seeded): Promise<boolean> {
  const tablet = device.tablet ?? (await device.powerOn())
  const clients = tablet.records('clients')
  // Few people and many edits, so that doctors get in each other's way.
  if (clients.length === 0 || (clients.length < 4 && random.chance(0.1))) {
    await register(tablet, random, device.server.facilityId)
    return true
  }
  const { record } = random.pick(clients)
  if (random.chance(0.3)) return enrol(tablet, record.id, random)
  const field = random.pick(['phone', 'address', 'givenName', 'sex', 'notes'])
  const value = field === 'sex' ? random.pick(['female', 'male', 'other']) : `${random.pick(NAMES)} ${random.below(1_000_000)}`
  await tablet.save({ collection: 'clients', recordId: record.id, op: 'edit', values: { [field]: value }, seen: record })
  return true
}

async function register(tablet: Tablet, random: Seeded, facilityId: string): Promise<void> {
  const values = { givenName: random.pick(NAMES), familyName: `${random.below(1000)}`, sex: 'unknown', bornOnEstimated: false, facilityId }
  await tablet.save({ collection: 'clients', recordId: clientNumber(random.bytes(12)), op: 'create', values, seen: null })
}

async function enrol(tablet: Tablet, clientId: string, random: Seeded): Promise<boolean> {
  const programId = random.pick(PROGRAMS)
  const recordId = enrollmentId(clientId, programId, 1)
  const known = tablet.record('enrollments', recordId)?.record
  if (known) {
    const status = random.pick(['active', 'completed', 'lost'])
    const values = { status, endedOn: status === 'active' ? null : '2026-05-01', reason: status === 'active' ? null : 'as seen' }
    await tablet.save({ collection: 'enrollments', recordId, op: 'edit', values, seen: known })
    return known.status !== status
  }
  const enrolledOn = `2026-0${1 + random.below(3)}-01`
  const values = { clientId, programId, episode: 1, status: 'active', enrolledOn }
  await tablet.save({ collection: 'enrollments', recordId, op: 'create', values, seen: null })
  return true
}
