import type { SignedInAccount } from '#domain/accounts/account.ts'
import { COLLECTION_NAMES, type CollectionName, collections, type RecordOf } from '#domain/collections.ts'
import type { Scalar } from '#domain/scalars.ts'
import { type Change, type FieldChange, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type DatabaseOptions, type Databases, openDatabases, readAll } from './databases.ts'
import { startEngine } from './engine.ts'
import type { Leadership } from './leader.ts'
import { RecordMemory } from './memory.ts'
import { Outbox, type OutboxEntry } from './outbox.ts'
import type { OutboxState } from './schemas.ts'
import type { Edit, LocalRecord, OutboxItem, SyncState, Tablet } from './tablet.ts'
import type { Transport } from './transport.ts'

export interface TabletOptions {
  account: SignedInAccount
  databases: DatabaseOptions
  /** A new way to the server, for each time this tab leads. */
  connect: () => Transport
  leadership: Leadership
  /** Where the leading tab tells the others how it is doing. */
  channel: StateChannel
  app: string
  now: () => number
  random: () => number
  newId: () => string
  wait: (ms: number) => Promise<void>
  pullRetryMs: number
}

export interface StateChannel {
  post(state: Partial<SyncState>): void
  onState(listener: (state: Partial<SyncState>) => void): void
  /** This tab no longer speaks for the others. */
  silence(): void
  close(): void
}

const IN_OVERLAY: readonly OutboxState[] = ['pending', 'acknowledged', 'parked']

/** Opens the data of one account on this device. Everything that differs in tests is an argument. */
export async function createTablet(options: TabletOptions): Promise<Tablet> {
  const databases = await openDatabases(options.databases)
  const device = await readDevice(databases, options.newId)
  const outbox = await Outbox.open(databases.outbox.outbox)
  const memory = new RecordMemory()
  const listeners = new Set<() => void>()
  let state: SyncState = {
    loaded: false,
    firstSync: device.receivedAt > 0 ? 'done' : 'waiting',
    connection: 'offline',
    unsent: 0,
    sending: false,
    lastReceivedAt: device.receivedAt || null,
    problem: null,
  }
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
    state = { ...state, ...change }
    announce()
  }
  function report(change: Partial<SyncState>): void {
    setState(change)
    options.channel.post(change)
  }

  function takePending(collection: CollectionName, recordId: string): void {
    const changes = outbox.entries().flatMap(({ row, change }) => {
      const mine = change?.collection === collection && change.recordId === recordId && IN_OVERLAY.includes(row.state)
      return mine ? [change] : []
    })
    memory.putPending(collection, recordId, changes)
  }
  function takeEntry({ change }: OutboxEntry): void {
    if (change) takePending(change.collection, change.recordId)
    items = null
    setState({ unsent: outbox.pending().length })
  }

  for (const name of COLLECTION_NAMES) {
    databases.mirror[name].eventBulks$.subscribe((bulk) => {
      for (const { documentId, documentData } of bulk.events) memory.putMirror(name, documentId, alive(documentData))
      announce()
    })
  }
  for (const name of COLLECTION_NAMES) {
    for (const row of await readAll(databases.mirror[name])) memory.putMirror(name, String(row.id), alive(row))
  }
  outbox.onChange(takeEntry)
  for (const entry of outbox.entries()) if (entry.change && IN_OVERLAY.includes(entry.row.state)) takeEntry(entry)
  setState({ loaded: true, unsent: outbox.pending().length })

  options.channel.onState(setState)
  options.leadership.run(() => {
    const transport = options.connect()
    const stop = startEngine({
      ...options,
      transport,
      databases,
      outbox,
      accountId: options.account.id,
      deviceId: device.deviceId,
      receivedBefore: state.firstSync === 'done',
      report,
    })
    return () => {
      stop()
      options.channel.silence()
    }
  })

  return {
    account: options.account,
    records: <C extends CollectionName>(collection: C) => memory.list(collection) as readonly LocalRecord<C>[],
    record: <C extends CollectionName>(collection: C, id: string) => memory.get(collection, id) as LocalRecord<C> | undefined,
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
      const fields = fieldsToChange(edit)
      if (edit.op === 'edit' && Object.keys(fields).length === 0) return
      await outbox.add({
        deviceId: device.deviceId,
        changeId: options.newId(),
        collection: edit.collection,
        recordId: edit.recordId,
        op: edit.op,
        fields,
        base: Number(edit.seen?.seq ?? memory.mirrorSeq(edit.collection, edit.recordId)),
        actor: options.account.id,
        deviceTime: options.now(),
        schemaVersion: SCHEMA_VERSION,
      } satisfies Omit<Change, 'n'>)
    },
    async close() {
      options.leadership.close()
      options.channel.close()
      await databases.close()
    },
  }
}

/** Which device this is; made once, and the same for every tab. */
async function readDevice(databases: Databases, newId: () => string) {
  await databases.outbox.device.bulkInsert([{ id: 'device', deviceId: newId(), receivedAt: 0 }])
  const row = await databases.outbox.device.findOne('device').exec(true)
  return row.toMutableJSON()
}

function alive(row: Record<string, unknown> & { _deleted?: boolean }): RecordOf<CollectionName> | null {
  const { _meta, _rev, _attachments, _deleted, ...record } = row
  return _deleted ? null : (record as unknown as RecordOf<CollectionName>)
}

/** Old and new value of each field that differs, with the rest of its group: one fact travels whole. */
function fieldsToChange({ collection: name, op, values, seen }: Edit): Record<string, FieldChange> {
  const from = (field: string): Scalar => seen?.[field] ?? null
  const to = (field: string): Scalar => (values[field] === undefined ? from(field) : values[field])
  const differing = Object.keys(values).filter((field) => to(field) !== from(field))
  const groups = collections[name].groups.filter((group) => group.some((field) => differing.includes(field)))
  const named = op === 'create' ? differing : [...new Set([...differing, ...groups.flat()])]
  return Object.fromEntries(named.map((field) => [field, { from: from(field), to: to(field) }]))
}

function itemOf({ row, n, change }: OutboxEntry): OutboxItem[] {
  if (change === null) return []
  const state = row.state === 'pending' ? 'unsent' : row.state === 'rejected' || row.state === 'parked' ? row.state : 'sent'
  return [
    {
      n,
      collection: change.collection,
      recordId: change.recordId,
      op: change.op,
      at: change.deviceTime,
      state,
      reason: row.reason || null,
    },
  ]
}
