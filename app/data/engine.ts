import { type CollectionName, collections } from '#domain/collections.ts'
import type { ProblemCode } from '#domain/problem.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { EVENTS, type Hello, PROTOCOL, type Welcome } from '#domain/sync/protocol.ts'
import type { Databases } from './databases.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { Puller } from './puller.ts'
import { Pusher } from './pusher.ts'
import type { SyncState } from './tablet.ts'
import type { Transport, TransportState } from './transport.ts'

/** Longest wait before a server that could not greet is asked again. */
const GREET_AGAIN_MS = 5_000

export interface EngineOptions {
  databases: Databases
  outbox: Outbox
  transport: Transport
  accountId: string
  deviceId: string
  /** The build, for the fleet view. */
  app: string
  now: () => number
  random: () => number
  wait: (ms: number) => Promise<void>
  report: (state: Partial<SyncState>) => void
  pullRetryMs: number
  /** This device has received everything once: a later catching up is no first sync. */
  receivedBefore: boolean
}

/** What the leading tab runs: the connection, the pull of every collection, the push of the outbox. */
export function startEngine(options: EngineOptions): () => void {
  const { databases, outbox, transport, report, now } = options
  let received = 0
  const done = new Set<CollectionName>()
  const puller = new Puller({
    mirror: databases.mirror.collections,
    transport,
    retryMs: options.pullRetryMs,
    onSignedOut: signedOut,
    onPage: (records) => {
      received += records
      if (!options.receivedBefore && done.size < Object.keys(collections).length) report({ firstSync: { received } })
    },
    onReached: (collection, seq) => {
      done.add(collection)
      void settle(outbox, collection, seq)
      if (done.size === Object.keys(collections).length) void complete()
    },
    onError: (error) => {
      if (isStorageError(error)) report({ problem: 'storage' })
    },
  })
  const pusher = new Pusher({
    onSignedOut: signedOut,
    outbox,
    deviceId: options.deviceId,
    transport,
    random: options.random,
    wait: options.wait,
    onState: report,
    onAnswer: ({ change }, { seq }) => {
      puller.lookFor('issues', seq)
      if (change === null || !puller.lookFor(change.collection, seq)) void settle(outbox, change?.collection ?? 'issues', seq)
    },
  })
  const forget = outbox.onChange(({ row }) => {
    if (row.state === 'pending') pusher.trigger()
  })

  async function complete(): Promise<void> {
    const at = now()
    const device = await databases.outbox.device.findOne('device').exec()
    await device?.incrementalPatch({ receivedAt: at })
    report({ firstSync: 'done', lastReceivedAt: at })
  }

  let current: TransportState = 'disconnected'
  transport.onMoved(({ collection, seq }) => puller.lookFor(collection, seq))
  transport.onState((state) => {
    current = state
    if (state === 'connected') return void greet()
    goOffline(state === 'refused' ? 'signed-out' : 'offline')
  })

  let greetings = 0
  async function greet(): Promise<void> {
    greetings += 1
    const mine = greetings
    report({ connection: 'connecting' })
    const welcome = await transport.request<Welcome>(EVENTS.hello, helloOf(options)).catch(() => null)
    // Only the greeting of the newest connection counts; the answer of an older one says nothing about it.
    if (mine !== greetings || current !== 'connected') return
    if (welcome === null || !welcome.ok) return refusedOrLater(welcome?.problem ?? 'unavailable', mine)
    // Somebody else has signed in since: their records never come into this person's database.
    if (welcome.verdict === 'reauth' || welcome.account !== options.accountId) return goOffline('signed-out')
    report({ connection: 'online', problem: welcome.verdict === 'upgrade' ? 'upgrade' : null })
    pusher.setOnline(true)
    if (welcome.verdict === 'ok') puller.setOnline(true)
  }

  async function refusedOrLater(problem: ProblemCode, greeting: number): Promise<void> {
    if (problem === 'not-signed-in' || problem === 'not-permitted') return goOffline('signed-out')
    goOffline('offline')
    await options.wait(options.random() * GREET_AGAIN_MS)
    if (greeting === greetings && current === 'connected') transport.reconnect()
  }

  /** The session ended while connected. A new connection carries the cookie of today, so one that is good again is noticed. */
  function signedOut(): void {
    goOffline('signed-out')
    transport.reconnect()
  }

  function goOffline(connection: SyncState['connection']): void {
    pusher.setOnline(false)
    puller.setOnline(false)
    report({ connection, sending: false })
  }

  transport.open()
  return () => {
    forget()
    pusher.stop()
    transport.close()
    void puller.stop()
  }
}

function helloOf({ deviceId, app, outbox, accountId, now }: EngineOptions): Hello {
  return {
    protocol: PROTOCOL,
    app,
    schema: SCHEMA_VERSION,
    deviceId,
    epoch: null,
    lastN: outbox.lastN,
    time: now(),
    unsent: [{ account: accountId, count: outbox.pending().length }],
  }
}

/** A change leaves the overlay when the mirror has reached the number that the server gave it. */
async function settle(outbox: Outbox, collection: CollectionName, reached: number): Promise<void> {
  const settled = ({ row, change }: OutboxEntry) =>
    row.state === 'acknowledged' && row.seq <= reached && (change === null || change.collection === collection)
  for (const entry of outbox.entries().filter(settled)) await outbox.setState(entry.n, 'settled')
}

function isStorageError(error: unknown): boolean {
  const parameters = (error as { parameters?: { errors?: unknown; writeError?: unknown } }).parameters
  return parameters?.writeError !== undefined || parameters?.errors === undefined
}
