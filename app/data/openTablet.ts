import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { createTablet } from './createTablet.ts'
import { lockLeadership, soleLeadership } from './leader.ts'
import { mirrorStorage } from './mirrorStorage.ts'
import { socketTransport } from './socket.ts'
import { stateChannel } from './stateChannel.ts'
import type { Tablet } from './tablet.ts'

/** Opens this browser's data of a signed-in account. Throws when nobody is signed in or storage is refused. */
export function openTablet(session: SessionAnswer & { account: SignedInAccount }): Promise<Tablet> {
  const name = `hims-${session.deploymentId}-${session.account.id}`
  return createTablet({
    account: session.account,
    // Strict: a change counts as saved when it is on the disk, not when the browser means to write it.
    databases: {
      storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
      mirrorStorage: mirrorStorage(),
      name,
      multiInstance: true,
    },
    connect: socketTransport,
    leadership: 'locks' in navigator ? lockLeadership(name) : soleLeadership(),
    channel: stateChannel(name),
    app: import.meta.env.MODE,
    pullRetryMs: 1_000,
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
}
