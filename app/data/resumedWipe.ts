import type { TabletOptions } from './createTablet.ts'
import { openDatabases } from './databases.ts'
import { NO_CONTACT, type SyncState, type Tablet } from './tablet.ts'
import { confirmingWipe, type Wiping } from './wipe.ts'

export const SIGNED_OFF = 'this tablet was signed off by an administrator'

/** A tablet that was stopped in the middle of its wipe (rule W2): what is left goes first, then the server is told. */
export async function finishWipe(options: TabletOptions, wiping: Wiping): Promise<Tablet> {
  await options.forgetKey?.()
  const left = await openDatabases(options.databases)
  await left.remove()
  let closed = false
  options.leadership.run(() => {
    const transport = options.connect(() => wiping)
    const forgotten = () => options.wiping.write(null)
    const confirm = confirmingWipe({ transport, wait: options.wait, patience: options }, wiping.deviceId, () => closed, forgotten)
    transport.onState((state) => {
      if (state === 'connected') void confirm()
    })
    transport.open()
    return () => transport.close()
  })
  return {
    account: options.account,
    deviceId: wiping.deviceId,
    records: () => NOTHING,
    record: () => undefined,
    outbox: () => NOTHING,
    sync: () => WIPED,
    subscribe: () => () => undefined,
    save: () => Promise.reject(new Error(SIGNED_OFF)),
    noteErasedRead: () => Promise.resolve(),
    history: () => Promise.resolve(null),
    lookup: async () => 'unreachable',
    share: async () => 'unreachable',
    unshare: async () => 'unreachable',
    join: async () => 'unreachable',
    part: async () => 'unreachable',
    removed: () => Promise.resolve(null),
    noteView: () => undefined,
    seen: () => Promise.resolve(null),
    watch: () => ({ typing: () => undefined, leave: () => undefined }),
    exportUnsent: () => ({
      kind: 'hims-unsent-changes',
      version: 1,
      deviceId: wiping.deviceId,
      account: options.account.id,
      savedAt: options.now(),
      changes: [],
    }),
    async close() {
      closed = true
      options.leadership.close()
      options.channel.close()
    },
  }
}

/** The same each time it is asked for: a new list each time would make the screens draw for ever. */
const NOTHING: readonly never[] = []

const WIPED: SyncState = { ...NO_CONTACT, loaded: true, firstSync: 'done', connection: 'signed-out', wiped: true }
