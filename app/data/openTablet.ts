import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { createTablet } from './createTablet.ts'
import { lockLeadership, soleLeadership } from './leader.ts'
import { deleteDatabases, draftSubjects, dropDraftsOf, dropOldMirrors, dropOtherMirrors, storedWipe } from './localData.ts'
import { mirrorStorage } from './mirrorStorage.ts'
import { sealFor } from './sealing.ts'
import { socketTransport } from './socket.ts'
import { stateChannel } from './stateChannel.ts'
import type { Tablet } from './tablet.ts'
import { noteUnsent, readUnsentCounts } from './unsentCounts.ts'

/**
 * Opens this browser's data of a signed-in account. Throws when storage is refused.
 * @param forgetAccount takes the account from this device, after a wipe
 */
export function openTablet(session: SessionAnswer & { account: SignedInAccount }, forgetAccount: () => void): Promise<Tablet> {
  const name = `hims-${session.deploymentId}-${session.account.id}`
  void dropOldMirrors(name)
  return createTablet({
    account: session.account,
    // Strict: a change counts as saved when it is on the disk, not when the browser means to write it.
    databases: {
      storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
      mirrorStorage: mirrorStorage(),
      name,
      multiInstance: true,
      purge: deleteDatabases,
    },
    connect: socketTransport,
    leadership: 'locks' in navigator ? lockLeadership(name) : soleLeadership(),
    channel: stateChannel(name),
    app: import.meta.env.VITE_BUILD,
    now: Date.now,
    random: Math.random,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    newId: () => crypto.randomUUID(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    visible: () => document.visibilityState === 'visible',
    seal: session.sealingKey ? sealFor(session.sealingKey) : undefined,
    unsentCounts: {
      note: (count) => noteUnsent(session.account, count),
      all: () => Object.entries(readUnsentCounts()).map(([account, { count }]) => ({ account, count })),
    },
    makeRoom: () => dropOtherMirrors(name),
    wiping: storedWipe(name, session.account.id, forgetAccount),
    onGone: (_collection, id) => dropDraftsOf(session.account.id, id),
    drafts: () => draftSubjects(session.account.id),
  })
}
