import type { Delivering } from '#app/data/openLocked.ts'
import { forgetWork, type Session } from './account.ts'
import { keyring } from './browserKeyring.ts'
import { forgetApp } from './forgetApp.ts'

/** For those who are offline: the next account gets its turn all the same. */
const TURN_MS = 20_000
/** Until everybody on this tablet is asked about again. */
const ROUND_MS = 60_000

export interface Delivered {
  accountId: string
  changes: number
}

/**
 * While this tablet is locked, one account after the other: what each has unsent goes up in the copies that only the server
 * opens, and a tablet that was signed off forgets everything (rules K1, K2).
 * @returns the way to stop
 */
export function deliverWhileLocked(people: readonly Session[], onDelivered: (delivered: Delivered) => void): () => void {
  const ended = new AbortController()
  void rounds(people, onDelivered, ended.signal)
  return () => ended.abort()
}

async function rounds(people: readonly Session[], onDelivered: (delivered: Delivered) => void, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    for (const session of people) if (!ended.aborted) await turn(session, onDelivered, ended)
    await untilEnded(ended, ROUND_MS)
  }
}

async function turn(session: Session, onDelivered: (delivered: Delivered) => void, ended: AbortSignal): Promise<void> {
  // Loaded here, as the tablet itself is: other pages go without the database.
  const { deliverLocked } = await import('#app/data/openLocked.ts')
  if (ended.aborted) return
  const { id } = session.account
  const over = new AbortController()
  const heard: Delivering = {
    onDelivered: (changes) => onDelivered({ accountId: id, changes }),
    onHeard: () => over.abort(),
    onWiped: () => void forgetApp().finally(() => location.assign('/sign-in')),
  }
  const stop = deliverLocked(session, { key: () => keyring.remove(id), account: () => forgetWork(id) }, heard)
  await untilEnded(AbortSignal.any([ended, over.signal]), TURN_MS)
  stop()
}

function untilEnded(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
