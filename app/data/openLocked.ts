import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { openDatabases, readAll } from './databases.ts'
import { startDelivering } from './deliverer.ts'
import type { Identity } from './device.ts'
import { type Leadership, lockLeadership, soleLeadership } from './leader.ts'
import { deleteDatabases, storedWipe, tabletName } from './localData.ts'
import type { Forgetting } from './openTablet.ts'
import { readLockedOutbox } from './sealedRows.ts'
import { socketTransport } from './socket.ts'
import { noteUnsent, readUnsentCounts } from './unsentCounts.ts'

type Session = SessionAnswer & { account: SignedInAccount }

export interface Delivering {
  /** The server has every change that this tablet can send while it is locked: this many of them. */
  onDelivered: (changes: number) => void
  /** The server has been heard. */
  onHeard: () => void
  /** Nothing is left of this account here, and the server knows. */
  onWiped: () => void
}

/**
 * One account of this browser while it is locked (rules K1, K2). The one tab that leads does it. What is encrypted stays so:
 * it is read as it lies there.
 * @returns the way to stop
 */
export function deliverLocked(session: Session, forget: Forgetting, heard: Delivering): () => void {
  const leadership = leadershipOf(tabletName(session))
  leadership.run(() => {
    let stopped = false
    let stop: () => void = () => undefined
    void begin(session, forget, heard).then((end) => {
      stop = end
      if (stopped) stop()
    }, heard.onHeard)
    return () => {
      stopped = true
      stop()
    }
  })
  return () => leadership.close()
}

function leadershipOf(name: string): Leadership {
  return 'locks' in navigator ? lockLeadership(name) : soleLeadership()
}

async function begin(session: Session, forget: Forgetting, heard: Delivering): Promise<() => void> {
  const { identity, outbox } = await readLocked(session)
  // It has never met the server: there is nothing to show to it.
  if (identity === null || identity.credential === null) {
    heard.onHeard()
    return () => undefined
  }
  let delivered = 0
  return startDelivering({
    identity,
    outbox,
    transport: socketTransport(() => identity),
    patience: { random: Math.random, visible: () => document.visibilityState === 'visible' },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: Date.now,
    app: import.meta.env.VITE_BUILD,
    unsent: () => Object.entries(readUnsentCounts()).map(([account, { count }]) => ({ account, count })),
    onDelivered: (n) => {
      delivered = outbox.unsent.filter((row) => row.n <= n).length
      heard.onDelivered(delivered)
    },
    onHeard: heard.onHeard,
    wipe: () => wipeLocked(session, identity, forget, heard.onWiped),
  })
}

async function readLocked(session: Session) {
  const databases = await openPlain(session)
  try {
    const notes = await readAll(databases.outbox.device)
    const identity = notes.find(({ id }) => id === 'device')
    return {
      identity: identity === undefined ? null : (JSON.parse(identity.text) as Identity),
      outbox: await readLockedOutbox(databases.outbox.outbox),
    }
  } finally {
    await databases.close()
  }
}

/** The key first: half of it done leaves nothing that can be read. */
async function wipeLocked(session: Session, { deviceId, credential }: Identity, forget: Forgetting, onWiped: () => void) {
  const wiping = storedWipe(tabletName(session), session.account.id, forget.account)
  wiping.write({ deviceId, credential })
  noteUnsent(session.account, 0)
  await forget.key()
  await (await openPlain(session)).remove()
  return () => {
    wiping.write(null)
    onWiped()
  }
}

function openPlain(session: Session) {
  const storage = getRxStorageDexie({ chromeTransactionDurability: 'strict' })
  return openDatabases({ storage, name: tabletName(session), multiInstance: false, purge: deleteDatabases })
}
