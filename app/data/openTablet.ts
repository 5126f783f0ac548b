import { getRxStorageDexie, type RxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { Cipher } from './cipher.ts'
import { createTablet } from './createTablet.ts'
import { draftSubjects, dropDraftsOf, openDrafts } from './drafts.ts'
import { encryptedStorage } from './encryptedStorage.ts'
import { lockLeadership, soleLeadership } from './leader.ts'
import { deleteDatabases, dropOldMirrors, dropOtherMirrors, storedWipe, tabletName } from './localData.ts'
import { mirrorStorage } from './mirrorStorage.ts'
import { sealFor } from './sealing.ts'
import { socketTransport } from './socket.ts'
import { stateChannel } from './stateChannel.ts'
import type { Tablet } from './tablet.ts'
import { noteUnsent, readUnsentCounts } from './unsentCounts.ts'

/** What a wipe takes from this browser besides the data. */
export interface Forgetting {
  /** First. */
  key: () => Promise<void>
  /** Last: until the server knows, the account is what opens this tablet, to tell it. */
  account: () => void
}

/**
 * Opens this browser's data of a signed-in account. Throws when storage is refused.
 * @param key of what lies on the disk (app/session/keyring.ts); null for a wipe that goes on, which reads nothing
 */
export async function openTablet(
  session: SessionAnswer & { account: SignedInAccount },
  key: CryptoKey | null,
  forget: Forgetting,
): Promise<Tablet> {
  const name = tabletName(session)
  void dropOldMirrors(name)
  const cipher = key && (await Cipher.of(key))
  if (cipher !== null) await openDrafts(session.account.id, cipher)
  const sealed = <T extends RxStorageDexie>(storage: T) => (cipher === null ? storage : encryptedStorage(storage, cipher))
  return createTablet({
    account: session.account,
    // Strict: a change counts as saved when it is on the disk, not when the browser means to write it.
    databases: {
      storage: sealed(getRxStorageDexie({ chromeTransactionDurability: 'strict' })),
      mirrorStorage: sealed(mirrorStorage()),
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
    everyMinute: (work) => {
      const timer = setInterval(work, 60_000)
      return () => clearInterval(timer)
    },
    visible: () => document.visibilityState === 'visible',
    seal: session.sealingKey ? sealFor(session.sealingKey) : undefined,
    unsentCounts: {
      note: (count) => noteUnsent(session.account, count),
      all: () => Object.entries(readUnsentCounts()).map(([account, { count }]) => ({ account, count })),
    },
    makeRoom: () => dropOtherMirrors(name),
    wiping: storedWipe(name, session.account.id, forget.account),
    forgetKey: forget.key,
    onGone: (_collection, id) => dropDraftsOf(session.account.id, id),
    drafts: () => draftSubjects(session.account.id),
  })
}
