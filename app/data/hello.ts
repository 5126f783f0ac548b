import { COLLECTION_NAMES } from '#domain/collections.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Hello, PROTOCOL } from '#domain/sync/protocol.ts'
import type { DeviceNotes } from './device.ts'
import type { Notes } from './notes.ts'
import type { Outbox } from './outbox.ts'
import type { ProgressOf } from './progress.ts'
import type { Receiver } from './receiver.ts'
import { newerWitness } from './witness.ts'

export interface Greeting {
  /** The build, for the list of devices. */
  app: string
  device: DeviceNotes
  outbox: Outbox
  progress: Notes<ProgressOf>
  now: () => number
  /** Unsent changes of every account on this tablet. */
  unsent: () => Hello['unsent']
}

/** What a device says of itself, and the newest proof it holds of what the server had written (rule R1). */
export function helloOf({ app, device, outbox, progress, now, unsent }: Greeting, receiver: Pick<Receiver, 'reached'>): Hello {
  const { deviceId, startsAfter } = device.read('device')
  const { epoch, witness, repairs, auditCheckpoint } = device.read('contact')
  const witnesses = [witness, ...COLLECTION_NAMES.map((name) => progress.read(name).witness)]
  return {
    protocol: PROTOCOL,
    app,
    schema: SCHEMA_VERSION,
    deviceId,
    epoch,
    lastN: outbox.lastN,
    startsAfter,
    time: now(),
    unsent: unsent(),
    witness: witnesses.reduce(newerWitness, null),
    cursor: Math.min(...COLLECTION_NAMES.map((name) => receiver.reached(name))),
    repairs,
    auditCheckpoint,
  }
}
