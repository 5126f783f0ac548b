import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { EVENTS, type Hello, PROTOCOL, PUSH_CHANGES, type Welcome, welcome as welcomeShape } from '#domain/sync/protocol.ts'
import { type SealedAnswer, type SealedRow, sealedAnswer } from '#domain/sync/sealed.ts'
import type { Identity } from './device.ts'
import { partsOf } from './parts.ts'
import { answered } from './problems.ts'
import { type Patience, untilNextTry } from './retry.ts'
import type { LockedOutbox } from './sealedRows.ts'
import type { Transport } from './transport.ts'
import { confirmingWipe, wipeUntilDone } from './wipe.ts'

/** While nobody unlocks: how often the server is asked whether this tablet may stay. */
const GREET_AGAIN_MS = 60_000

export interface DelivererOptions {
  identity: Identity
  outbox: LockedOutbox
  transport: Transport
  patience: Patience
  wait: (ms: number) => Promise<void>
  now: () => number
  app: string
  unsent: () => Hello['unsent']
  /** The server has all up to this number: the tablet learns what became of it when it is unlocked. */
  onDelivered: (n: number) => void
  /** The server has been heard, and has what it could take now. */
  onHeard: () => void
  /** The tablet was signed off, and has handed in what it could: everything goes. Answers what to do once the server knows. */
  wipe: () => Promise<() => void>
}

/**
 * What a locked tablet does for its people (rules K1, K2): the sealed copies of what is unsent go up by the device's
 * credential, and a tablet that was signed off forgets everything without being unlocked.
 * @returns the way to stop
 */
export function startDelivering(options: DelivererOptions): () => void {
  const { transport, patience, wait } = options
  let stopped = false
  let left = [...options.outbox.unsent]
  let failures = 0
  let greetings = 0
  let confirmWiped: (() => Promise<void>) | null = null

  transport.onState((state) => {
    if (state !== 'connected' || stopped) return
    void (confirmWiped ? confirmWiped() : greetForever())
  })

  /** On this connection, until there is another. */
  async function greetForever(): Promise<void> {
    greetings += 1
    const mine = greetings
    while (!stopped && mine === greetings && confirmWiped === null) {
      const said = await greetOnce().then(
        () => 'heard' as const,
        () => 'unheard' as const,
      )
      if (stopped || mine !== greetings || confirmWiped !== null) return
      failures = said === 'heard' ? 0 : failures + 1
      if (said === 'heard') options.onHeard()
      await wait(said === 'heard' ? GREET_AGAIN_MS : untilNextTry(failures, patience))
      if (said === 'unheard' && !stopped && mine === greetings) return transport.reconnect()
    }
  }

  async function greetOnce(): Promise<void> {
    const { verdict } = welcomeShape.parse(answered(await transport.request<Welcome>(EVENTS.hello, helloOf(options))))
    if (verdict === 'wipe') return signOff()
    await deliver()
  }

  async function deliver(): Promise<void> {
    while (left.length > 0 && !stopped) {
      const [some = []] = partsOf(left, PUSH_CHANGES)
      const { results } = await send(some)
      const taken = results.filter(({ outcome }) => outcome !== 'gap' && outcome !== 'fork')
      const last = taken.at(-1)
      if (last) options.onDelivered(last.n)
      left = left.slice(taken.length)
      // What the server could not take now is a matter for the unlocked tablet.
      if (taken.length < some.length) left = []
    }
  }

  async function signOff(): Promise<void> {
    for (const some of partsOf(options.outbox.unsent, PUSH_CHANGES)) await send(some)
    const { deviceId } = options.identity
    const confirmed = await wipeUntilDone(options.wipe, (tries) => wait(untilNextTry(tries, patience)))
    confirmWiped = confirmingWipe({ transport, wait, patience }, deviceId, () => stopped, confirmed)
    await confirmWiped()
  }

  async function send(rows: readonly SealedRow[]): Promise<SealedAnswer> {
    const { deviceId } = options.identity
    return sealedAnswer.parse(answered(await transport.request<SealedAnswer>(EVENTS.sealed, { deviceId, rows })))
  }

  transport.open()
  return () => {
    stopped = true
    transport.close()
  }
}

/** It knows nothing of its mirror, and says so. */
function helloOf({ identity, outbox, app, now, unsent }: DelivererOptions): Hello {
  const { deviceId, startsAfter } = identity
  const mirror = { epoch: null, witness: null, cursor: 0, repairs: 0, locked: true }
  const versions = { protocol: PROTOCOL, app, schema: SCHEMA_VERSION }
  return { ...versions, ...mirror, deviceId, lastN: outbox.lastN, startsAfter, time: now(), unsent: unsent() }
}
