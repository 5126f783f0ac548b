import type { Change, VoidChange } from '#domain/sync/change.ts'
import { EVENTS, PUSH_CHANGES } from '#domain/sync/protocol.ts'
import type { DeviceNotes } from './device.ts'
import type { Outbox } from './outbox.ts'
import { partsOf } from './parts.ts'
import { answered } from './problems.ts'
import { type Patience, untilNextTry } from './retry.ts'
import type { Transport } from './transport.ts'
import { voidOf } from './voids.ts'

/** A wipe that has begun: kept outside the databases, so that a tablet that was killed half-way goes on (rule W2). */
export interface Wiping {
  deviceId: string
  credential: string | null
}

export interface WipeMemory {
  read(): Wiping | null
  write(wiping: Wiping | null): void
}

/**
 * Everything the server has not answered goes to quarantine (rule W1). Throws when it did not arrive: then nothing is wiped.
 * Said again it changes nothing.
 */
export async function handInUnsent(outbox: Outbox, device: DeviceNotes, transport: Transport): Promise<void> {
  await outbox.readAgain()
  const { deviceId } = device.read('device')
  const entries = [...outbox.pending(), ...outbox.inState('parked')]
  const changes = entries.map((entry): Change | VoidChange =>
    entry.change === null ? voidOf(entry, deviceId) : { ...entry.change, deviceId },
  )
  for (const some of partsOf(changes, PUSH_CHANGES)) answered(await transport.request(EVENTS.quarantine, { changes: some }))
}

/** A full disk may refuse even to forget: it is tried again, and at the next start (rule W2). */
export async function wipeUntilDone<T>(wipe: () => Promise<T>, pause: (tries: number) => Promise<void>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await wipe()
    } catch {
      await pause(tries)
    }
  }
}

export interface Confirming {
  transport: Transport
  wait: (ms: number) => Promise<void>
  patience: Patience
}

/**
 * Tells the server that nothing is left here (rule W2), over one connection after the other until it has heard.
 * @returns what to call whenever a connection is there
 */
export function confirmingWipe(
  { transport, wait, patience }: Confirming,
  deviceId: string,
  isOver: () => boolean,
  confirmed: () => void,
): () => Promise<void> {
  let tries = 0
  return async () => {
    const answer = await transport.request(EVENTS.wiped, { deviceId }).catch(() => null)
    if (isOver()) return
    if (answer?.ok) return confirmed()
    tries += 1
    await wait(untilNextTry(tries, patience))
    if (!isOver()) transport.reconnect()
  }
}
