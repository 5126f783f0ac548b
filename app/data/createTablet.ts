import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { CollectionName } from '#domain/collections.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import type { Without } from '#domain/sync/guards.ts'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import { type DatabaseOptions, openDatabases } from './databases.ts'
import { type DeviceNotes, openDevice } from './device.ts'
import { fieldsToChange } from './edit.ts'
import { startEngine } from './engine.ts'
import type { Leadership } from './leader.ts'
import { LeaseKeeper } from './leaseKeeper.ts'
import { Live } from './live.ts'
import { loadMirror } from './loadMirror.ts'
import { RecordMemory } from './memory.ts'
import { Notes } from './notes.ts'
import { Outbox, type OutboxEntry, type Seal } from './outbox.ts'
import { arrivalIn, freshProgress, type ProgressOf } from './progress.ts'
import { finishWipe, SIGNED_OFF } from './resumedWipe.ts'
import { Shown } from './shown.ts'
import type { StateChannel } from './stateChannel.ts'
import { type LocalRecord, NO_CONTACT, type OutboxItem, type SyncState, type Tablet } from './tablet.ts'
import type { Credentials, Transport } from './transport.ts'
import { Views } from './views.ts'
import { voidOf } from './voids.ts'
import type { WipeMemory } from './wipe.ts'

export interface TabletOptions {
  account: SignedInAccount
  databases: DatabaseOptions
  /** A new way to the server, for each time this tab leads. */
  connect: (credentials: () => Credentials) => Transport
  leadership: Leadership
  /** Where the leading tab tells the others how it is doing. */
  channel: StateChannel
  app: string
  now: () => number
  /** 0 to 1 */
  random: () => number
  randomBytes: (count: number) => Uint8Array
  newId: () => string
  wait: (ms: number) => Promise<void>
  /** Somebody looks at this tab. */
  visible: () => boolean
  /** ms by a clock that nobody sets; the browser's when left out */
  uptime?: () => number
  /** Calls until it is told to stop; without it the lease is looked at once. */
  everyMinute?: (work: () => void) => () => void
  unsentCounts: UnsentMemory
  /** Makes the copy of each change that a device without its key can still hand in. */
  seal?: Seal | undefined
  wiping: WipeMemory
  /** Ahead of everything else of a wipe: half of it done leaves nothing that can be read. */
  forgetKey?: () => Promise<void>
  /** This device is full: takes what can be received again, of other accounts. */
  makeRoom?: () => Promise<void>
  /** A record has left this device: drafts of it go too. */
  onGone: (collection: CollectionName, id: string) => void
  /** Ids of records that something was typed about and not saved. */
  drafts?: () => readonly string[]
  /** Switched off safeguards; nobody but tests names any. */
  without?: Without
}

/** How much every account of this tablet has unsent (rule O13). */
export interface UnsentMemory {
  note(count: number): void
  all(): { account: string; count: number }[]
}

/** Opens the data of one account on this device. Everything that differs in tests is an argument. */
export async function createTablet(options: TabletOptions): Promise<Tablet> {
  const wiping = options.wiping.read()
  if (wiping) return finishWipe(options, wiping)
  const databases = await openDatabases(options.databases)
  const device = await openDevice(databases, options.newId)
  const progress = await Notes.open<ProgressOf & Record<string, object>>(databases.mirror.progress, freshProgress())
  const outbox = await Outbox.open(databases.outbox.outbox, options.seal)
  if (options.seal) await outbox.sealRest()
  const views = await Views.open(databases.outbox.views, options.newId)
  const memory = new RecordMemory()
  const listeners = new Set<() => void>()
  let state = firstState(device, progress as Notes<ProgressOf>, options.account)
  let items: readonly OutboxItem[] | null = null
  let announced = false

  function announce(): void {
    if (announced) return
    announced = true
    queueMicrotask(() => {
      announced = false
      for (const listener of listeners) listener()
    })
  }
  function setState(change: Partial<SyncState>): void {
    const met = change.connection === 'online' && state.connection !== 'online'
    state = { ...state, ...change }
    // What the lease had closed opens at once.
    if (met) void keepLease()
    announce()
  }
  function report(change: Partial<SyncState>): void {
    setState(change)
    options.channel.post(change)
  }
  function takeEntry({ change }: OutboxEntry): void {
    if (change) memory.putPending(change.collection, change.recordId, outbox.overlayOf(change.collection, change.recordId))
    items = null
    if (state.unsent !== outbox.unsent) options.unsentCounts.note(outbox.unsent)
    setState({ unsent: outbox.unsent })
  }

  const loading = loadMirror(databases.mirror, memory, announce)
  await loading.begun
  memory.onGone(options.onGone)
  outbox.onChange(takeEntry)
  for (const entry of outbox.entries()) if (entry.row.state !== 'settled') takeEntry(entry)
  options.unsentCounts.note(outbox.unsent)
  setState({ unsent: outbox.unsent })
  options.channel.onState((change) => {
    setState(change)
    // Another tab wipes, or has wiped, what this one was opening: it must not begin anew as another device.
    if (change.wiped) options.leadership.close()
  })

  const leaseKeeper = new LeaseKeeper({ device, now: options.now, uptime: options.uptime ?? (() => performance.now()) })
  async function keepLease(): Promise<void> {
    if (closed || state.wiped) return
    const lease = await leaseKeeper.look(state.connection === 'online').catch(() => state.lease)
    if (JSON.stringify(lease) !== JSON.stringify(state.lease)) setState({ lease })
  }
  const shown = new Shown(memory, () => state.lease.kind === 'over')

  const { wait, visible } = options
  const live = new Live({ channel: options.channel, wait, visible, online: () => state.connection === 'online' })
  const credentials = (): Credentials => device.read('device')
  let closed = false
  await keepLease()
  const stopLease = options.everyMinute?.(() => void keepLease())
  // What comes down is compared with what is here: the server is asked once all of it is in memory.
  void loading.ended.then(() => {
    setState({ loaded: true })
    if (!closed && !state.wiped) options.leadership.run(lead)
  })
  function lead(): () => void {
    const transport = options.connect(credentials)
    live.lead(transport)
    const stop = startEngine({
      ...options,
      transport,
      databases,
      outbox,
      views,
      memory,
      progress: progress as Notes<ProgressOf>,
      device,
      accountId: options.account.id,
      unsent: options.unsentCounts.all,
      report,
      wipe,
      without: options.without ?? new Set(),
    })
    return () => {
      stop()
      live.lead(null)
      options.channel.silence()
    }
  }

  async function wipe(): Promise<() => void> {
    const { deviceId, credential } = credentials()
    options.wiping.write({ deviceId, credential })
    report({ wiped: true, unsent: 0 })
    options.unsentCounts.note(0)
    memory.clear()
    announce()
    await options.forgetKey?.()
    await databases.remove()
    return () => options.wiping.write(null)
  }

  return {
    /** With the facilities of today: they change while a doctor works. */
    get account() {
      const { facilities } = device.read('contact')
      return facilities === null ? options.account : { ...options.account, facilities }
    },
    get deviceId() {
      return credentials().deviceId
    },
    records: <C extends CollectionName>(collection: C) => shown.list(collection) as readonly LocalRecord<C>[],
    record: <C extends CollectionName>(collection: C, id: string) => shown.get(collection, id) as LocalRecord<C> | undefined,
    outbox: () => {
      items ??= outbox.entries().reverse().flatMap(itemOf)
      return items
    },
    sync: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async save(edit) {
      if (state.wiped) throw new Error(SIGNED_OFF)
      const fields = fieldsToChange(edit)
      if (edit.op === 'edit' && Object.keys(fields).length === 0) return
      const { epoch } = device.read('contact')
      await outbox.add({
        deviceId: credentials().deviceId,
        changeId: options.newId(),
        collection: edit.collection,
        recordId: edit.recordId,
        op: edit.op,
        fields,
        base: Number(edit.seen?.seq ?? memory.mirrorSeq(edit.collection, edit.recordId)),
        actor: options.account.id,
        deviceTime: options.now(),
        schemaVersion: SCHEMA_VERSION,
        ...(epoch === null ? {} : { epoch: baseEpoch(progress as Notes<ProgressOf>, edit.collection, epoch) }),
      })
    },
    async noteErasedRead() {
      await device.write('contact', { erased: [] })
      report({ erased: [] })
    },
    history: (collection, recordId, before) => live.history(collection, recordId, before),
    removed: (before) => live.removed(before),
    join: (request) => live.join(request),
    part: (request) => live.part(request),
    lookup: (request) => live.lookup(request),
    share: (request) => live.share(request),
    unshare: (request) => live.unshare(request),
    noteView: (clientId) => {
      if (!state.wiped) void views.note(clientId, options.now())
    },
    seen: (clientId, before) => live.seen(clientId, before),
    watch: (collection, recordId, onPeople) => live.watch(collection, recordId, onPeople),
    exportUnsent: () => ({
      kind: 'hims-unsent-changes',
      version: 1,
      deviceId: credentials().deviceId,
      account: options.account.id,
      savedAt: options.now(),
      changes: outbox.pending().map((entry) => inFile(entry, credentials().deviceId)),
    }),
    async close() {
      closed = true
      stopLease?.()
      await loading.ended
      await views.written()
      options.leadership.close()
      options.channel.close()
      await databases.close()
    },
  }
}

/** One that cannot be read goes into the file as it lies there. */
function inFile({ n, row, change }: OutboxEntry, deviceId: string): UnsentFile['changes'][number] {
  return change === null ? voidOf({ n, row }, deviceId) : { ...change, deviceId }
}

/** While the mirror is rebuilt a record in it may still be of the epoch before: then nothing is known to be seen. */
function baseEpoch(progress: Notes<ProgressOf>, collection: CollectionName, epoch: string): string {
  return progress.read(collection).rebuilding ? '' : epoch
}

function firstState(device: DeviceNotes, progress: Notes<ProgressOf>, account: SignedInAccount): SyncState {
  const { receivedAt, sentAt, repairs, clockOffset, facilities, erased } = device.read('contact')
  // Not by the date: the mirror may have been lost since, or a facility given (rule F4).
  const arrival = arrivalIn(progress.read.bind(progress), facilities ?? account.facilities)
  return {
    ...NO_CONTACT,
    firstSync: typeof arrival === 'string' ? arrival : { ...arrival, msLeft: null },
    lastReceivedAt: receivedAt || null,
    lastSentAt: sentAt || null,
    clockOffset,
    repairs,
    erased,
  }
}

function itemOf({ row, n, change }: OutboxEntry): OutboxItem[] {
  if (change === null) return []
  const { changeId, collection, recordId, op, fields } = change
  const state = row.state === 'pending' ? 'unsent' : row.state === 'rejected' || row.state === 'parked' ? row.state : 'sent'
  return [{ n, changeId, collection, recordId, op, fields, at: change.deviceTime, state, reason: row.reason || null }]
}
