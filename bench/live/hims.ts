import type { Clinic, Doctor } from '../../tests/processes/clinic.ts'
import { Connection } from '../../tests/processes/connection.ts'
import { PushingDevice } from '../../tests/processes/device.ts'
import { create, edit, Inventions } from '../../tests/processes/inventions.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import type { Line } from './line.ts'
import { Listener } from './listener.ts'

const SEED = 17

interface Facility extends Line {
  /** What the server told the devices last. */
  lastMessage(): string
  /** Connections that broke off; each device came back and pulled what it had missed. */
  drops(): number
}

/** Devices of one facility on the real server: one pushes an edit, the others listen as the app does. */
export async function openFacility(clinic: Clinic, receivers: number): Promise<Facility> {
  const random = new Seeded(SEED)
  const doctor = (index: number) => clinic.doctors[index % clinic.doctors.length] as Doctor
  const sender = new PushingDevice(new Connection(clinic.server, doctor(0)), random, () => {
    throw new Error('this device only edits')
  })
  await sender.arrive()
  const { id, ...values } = new Inventions(random, clinic.facilityId, []).person()
  sender.write([create('clients', id, { ...values, notes: 'came with a cough for two weeks, prefers visits in the morning' })])
  await sender.finish()
  const tablets = await Promise.all(Array.from({ length: receivers }, (_, index) => Listener.connect(clinic, doctor(index + 1))))

  let phone = values.phone
  return {
    async edit() {
      const next = `+254${Date.now()}${random.below(1_000)}`
      const base = sender.answerOf(sender.outbox.length)?.seq ?? 0
      sender.write([edit('clients', id, { phone: [phone, next] }, base)])
      phone = next
      const began = performance.now()
      const arrivals = tablets.map((tablet) => tablet.waitFor(id, next).then(() => performance.now() - began))
      const [times] = await Promise.all([Promise.all(arrivals), sender.finish()])
      return times
    },
    drops: () => tablets.reduce((total, { drops }) => total + drops, 0),
    lastMessage: () => JSON.stringify(tablets[0]?.last),
    async close() {
      sender.connection.close()
      for (const tablet of tablets) tablet.close()
    },
  }
}
