import type { Clinic } from '../../tests/processes/clinic.ts'
import { Connection } from '../../tests/processes/connection.ts'
import { PushingDevice } from '../../tests/processes/device.ts'
import { create, Inventions, PROGRAM } from '../../tests/processes/inventions.ts'
import { Seeded } from '../../tests/sync/seeded.ts'

export const PEOPLE = 100

interface Offline {
  /** Of the doctor. */
  index: number
  edits: number
  random: Seeded
}

/** A device whose people the server knows, that then wrote `edits` changes without a connection. */
export async function workOffline(
  { server, doctors, facilityId }: Pick<Clinic, 'doctors' | 'facilityId'> & { server: Connection['server'] },
  { index, edits, random }: Offline,
): Promise<PushingDevice> {
  const own = new Seeded(random.below(2 ** 32))
  const doctor = doctors[index]
  if (doctor === undefined) throw new RangeError('no such doctor')
  const inventions = new Inventions(own, facilityId, [])
  const device = new PushingDevice(new Connection(server, doctor), own, inventions.next)
  await device.arrive()
  device.write([create('programs', PROGRAM, { name: 'Tuberculosis', category: 'other', active: true })])
  device.write(Array.from({ length: PEOPLE }, inventions.register))
  await device.finish()
  device.connection.close()
  device.write(Array.from({ length: edits }, inventions.next))
  return device
}

export async function sendAll(device: PushingDevice): Promise<void> {
  await device.arrive()
  await device.finish()
}
