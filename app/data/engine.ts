import { type CollectionName, EVERYWHERE } from '#domain/collections.ts'
import { isShared } from '#domain/facilities/place.ts'
import type { ProblemCode } from '#domain/problem.ts'
import type { PushResult } from '#domain/sync/change.ts'
import type { Without } from '#domain/sync/guards.ts'
import { EVENTS, type Welcome, welcome as welcomeShape } from '#domain/sync/protocol.ts'
import { Checker } from './checker.ts'
import type { Databases } from './databases.ts'
import type { DeviceNotes } from './device.ts'
import { Erasures } from './erasures.ts'
import { helloOf } from './hello.ts'
import type { RecordMemory } from './memory.ts'
import { Mirror } from './mirror.ts'
import type { Notes } from './notes.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { answered, Refused, StorageFailure } from './problems.ts'
import { arrivalIn, type ProgressOf } from './progress.ts'
import { noteGone } from './purge.ts'
import { Pusher } from './pusher.ts'
import { Receiver } from './receiver.ts'
import { sayAgainUnderNewId } from './rekey.ts'
import { takeNewEpoch } from './restore.ts'
import { type Patience, untilNextTry } from './retry.ts'
import { Settling } from './settling.ts'
import type { SyncState } from './tablet.ts'
import type { Transport, TransportState } from './transport.ts'
import { handInViews, ViewSender } from './viewSender.ts'
import type { Views } from './views.ts'
import { confirmingWipe, handInUnsent, wipeUntilDone } from './wipe.ts'

/** Sums are compared at the start, after each reconnection, and this often. */
const CHECK_EVERY_MS = 3_600_000
/** An answered change that its live message has not brought by now is pulled. */
const EXPECT_MS = 2_000
const RECEIVED_EVERY_MS = 10_000
/** Until a save that another tab had begun is on the disk. */
const UNDER_WAY_MS = 1_000

export interface EngineOptions {
  databases: Databases
  outbox: Outbox
  views: Views
  memory: RecordMemory
  progress: Notes<ProgressOf>
  device: DeviceNotes
  transport: Transport
  accountId: string
  /** The build, for the fleet view. */
  app: string
  now: () => number
  random: () => number
  randomBytes: (count: number) => Uint8Array
  newId: () => string
  wait: (ms: number) => Promise<void>
  visible: () => boolean
  /** Unsent changes of every account on this tablet. */
  unsent: () => { account: string; count: number }[]
  report: (state: Partial<SyncState>) => void
  /** The server wants everything gone, and has what was unsent. Answers what to do once the server knows that it is. */
  wipe: () => Promise<() => void>
  onGone: (collection: CollectionName, id: string) => void
  /** Ids of records that something was typed about and not saved. */
  drafts?: (() => readonly string[]) | undefined
  /** Takes from this device what can be received again. */
  makeRoom?: (() => Promise<void>) | undefined
  without: Without
}

/** What the leading tab runs: the connection, what comes down, what goes up. */
export function startEngine(options: EngineOptions): () => void {
  const { outbox, memory, progress, device, transport, report, now, wait, without } = options
  const patience: Patience = { random: options.random, visible: options.visible }
  /** What was here when this run began: an earlier one may have brought some of it. */
  let begun: { at: number; received: number } | null = null
  let stopped = false
  let ended = false
  /** How often in a row the server greeted and then refused. */
  let refusals = 0

  const receiver = new Receiver({
    mirror: new Mirror(options.databases.mirror.collections, (name, id) => memory.mirrored(name, id) !== undefined, without),
    memory,
    progress,
    transport,
    patience,
    wait,
    without,
    onArrived: reportArrival,
    onGone: (collection, gone) => noteGone(outbox, collection, gone),
    onMovedOn: () => written(settling.settle()),
    onRest: () => written(rest()),
    onSignedOut: () => void signedOut(),
    onOtherEpoch: () => transport.reconnect(),
    onStorage,
  })
  const checker = new Checker({
    without,
    memory,
    receiver,
    transport,
    onStorage,
    onCompared: (): Promise<void> => settling.purge(),
    async onRepaired(records) {
      const { repairs } = await device.write('contact', { repairs: device.read('contact').repairs + records })
      report({ repairs })
    },
  })
  const pusher = new Pusher({
    outbox,
    device,
    transport,
    patience,
    wait,
    newId: options.newId,
    without,
    onState: ({ sending, problem }) => {
      problems.sending = problem
      report({ sending, problem: worst() })
    },
    onAnswered: (results) => written(afterAnswer(results)),
    onSignedOut: () => void signedOut(),
  })
  const viewSender = new ViewSender({ ...options, patience })
  const stopListening = outbox.onChange(({ row }) => {
    if (row.state === 'pending') pusher.trigger()
  })
  const settling = new Settling({
    ...options,
    receiver,
    isWhole: (): boolean => receiver.atRest && arrived() === 'done' && checker.hasCompared,
  })
  const erasures = new Erasures({ ...options, drafts: options.drafts ?? (() => []) })

  /** Why something does not go well, by who noticed it. */
  const problems: Record<'storage' | 'upgrade' | 'sending', SyncState['problem']> = { storage: null, upgrade: null, sending: null }
  const worst = () => problems.storage ?? problems.upgrade ?? problems.sending

  /** Work that writes to this device and that nobody waits for. Anything but a failing device is a defect, and is thrown. */
  function written(work: Promise<void>): void {
    work.catch((error) => {
      if (stopped) return
      if (!(error instanceof StorageFailure)) throw error
      onStorage()
    })
  }

  /** A device that could not write compares everything before it says again that it is in step. */
  function onStorage(): void {
    // Once: what is still missing after that, a person has to make room for.
    if (problems.storage === null) void options.makeRoom?.()
    problems.storage = 'storage'
    report({ problem: worst() })
    checker.ask()
  }

  const arrived = () => arrivalIn(progress.read.bind(progress), device.read('contact').facilities ?? [])

  function reportArrival(): void {
    const arrival = arrived()
    if (typeof arrival === 'string') return
    const { received, total } = arrival
    begun ??= { at: now(), received }
    const isKnown = total !== null && received > begun.received
    const msLeft = isKnown ? ((now() - begun.at) / (received - begun.received)) * (total - received) : null
    report({ firstSync: { ...arrival, msLeft } })
  }

  async function rest(): Promise<void> {
    refusals = 0
    begun = null
    const receivedAt = now()
    report({ firstSync: 'done', lastReceivedAt: receivedAt, restoring: false })
    await settling.settle()
    await settling.settleRejected()
    if (settling.hasOtherAnswer) pusher.trigger()
    await erasures.look()
    // For the next start: not with every live message.
    if (Math.abs(receivedAt - device.read('contact').receivedAt) > RECEIVED_EVERY_MS) await device.write('contact', { receivedAt })
    // Everything that waited could be written, so there is room again.
    problems.storage = null
    report({ problem: worst() })
    await checker.look()
    await settling.purge()
  }

  async function afterAnswer(results: readonly PushResult[]): Promise<void> {
    const sentAt = now()
    report({ lastSentAt: sentAt })
    await erasures.answered(results)
    await settling.settle()
    // The pull that would bring its question may be over already.
    await settling.settleRejected()
    await device.write('contact', { sentAt })
    if (results.some(({ reason }) => reason === 'id-taken')) await sayAgainUnderNewId(options)
    await wait(EXPECT_MS)
    const expected = outbox.inState('acknowledged').map(collectionOf)
    // A question that is asked elsewhere comes with no message: only a pull tells that it is not to come (rule S14).
    if (outbox.inState('rejected').some(({ row }) => receiver.reached('issues') < row.seq)) expected.push('issues')
    for (const collection of new Set(expected)) receiver.lookFor(collection)
  }

  /** Nothing is left here, and the server is to know. */
  let confirmWiped: (() => Promise<void>) | null = null
  let current: TransportState = 'disconnected'
  transport.onState((state) => {
    current = state
    if (confirmWiped) return state === 'connected' ? void confirmWiped() : undefined
    if (state === 'connected') return void greet()
    goOffline(state === 'refused' ? 'signed-out' : 'offline')
  })

  let greetings = 0
  let failures = 0
  async function greet(): Promise<void> {
    greetings += 1
    const mine = greetings
    const isNewest = () => mine === greetings && current === 'connected' && !stopped
    goOffline('connecting')
    try {
      const asked = now()
      const welcome = welcomeShape.parse(answered(await transport.request<Welcome>(EVENTS.hello, helloOf(options, receiver))))
      // Only the greeting of the newest connection counts; the answer of an older one says nothing about it.
      if (isNewest()) await takeWelcome(welcome, (asked + now()) / 2, isNewest)
      failures = 0
    } catch (error) {
      if (!isNewest()) return
      if (error instanceof StorageFailure) onStorage()
      await refusedOrLater(error instanceof Refused ? error.answer : null, isNewest)
    }
  }

  async function takeWelcome(welcome: Welcome, askedAt: number, isNewest: () => boolean): Promise<void> {
    // Somebody else has signed in since: their records never come into this person's database.
    if (welcome.verdict === 'reauth' || welcome.account !== options.accountId) return goOffline('signed-out')
    const clockOffset = Math.round(askedAt - welcome.time)
    report({ clockOffset })
    if (welcome.credential !== null) await device.write('device', { credential: welcome.credential })
    if (welcome.verdict === 'wipe') return wipeAll()
    const { epoch } = device.read('contact')
    if (epoch !== null && epoch !== welcome.epoch) {
      report({ restoring: true })
      await takeNewEpoch(options, welcome)
    }
    const { witness, backedUpSeq } = welcome
    const auditCheckpoint = welcome.auditCheckpoint ?? device.read('contact').auditCheckpoint
    const facilities = welcome.rooms.filter((room) => room !== EVERYWHERE && !isShared(room))
    const { leaseDays } = welcome
    await device.write('contact', { epoch: welcome.epoch, witness, backedUpSeq, clockOffset, facilities, auditCheckpoint, leaseDays })
    const isBackedUp = ({ row }: OutboxEntry) => row.seq <= backedUpSeq && row.epoch === welcome.epoch
    await outbox.forget(outbox.inState('settled').filter((entry) => isBackedUp(entry) || without.has('backed-up')))
    if (!isNewest()) return
    erasures.begin()
    problems.upgrade = welcome.verdict === 'upgrade' ? 'upgrade' : null
    report({ connection: 'online', problem: worst() })
    pusher.setOnline(welcome.epoch)
    viewSender.setOnline()
    if (welcome.verdict !== 'ok') return
    // A facility that was given since is missed from here on.
    reportArrival()
    receiver.setOnline(welcome.rooms, welcome.epoch)
    checker.ask()
  }

  async function wipeAll(): Promise<void> {
    await handInViews(options)
    if (!without.has('quarantine')) await handInUnsent(outbox, device, transport)
    // No tab saves from here on; what was being saved meanwhile goes up too, and the rest again: the server may have been put back.
    report({ wiped: true })
    await wait(UNDER_WAY_MS)
    if (!without.has('quarantine')) await handInUnsent(outbox, device, transport)
    stopped = true
    const { deviceId } = device.read('device')
    const confirmed = await wipeUntilDone(options.wipe, (tries) => wait(untilNextTry(tries, patience)))
    confirmWiped = confirmingWipe({ transport, wait, patience }, deviceId, () => ended, confirmed)
    await confirmWiped()
  }

  async function refusedOrLater(refusal: { problem: ProblemCode; retryAfterMs?: number } | null, isNewest: () => boolean): Promise<void> {
    if (refusal?.problem === 'not-signed-in' || refusal?.problem === 'not-permitted') return goOffline('signed-out')
    goOffline('offline')
    failures += 1
    await wait(untilNextTry(failures, patience, refusal?.retryAfterMs))
    if (isNewest()) transport.reconnect()
  }

  /** The session ended while connected. A new connection carries the cookie of today, so one that is good again is noticed. */
  async function signedOut(): Promise<void> {
    goOffline('signed-out')
    refusals += 1
    await wait(untilNextTry(refusals, patience))
    if (!ended) transport.reconnect()
  }

  function goOffline(connection: SyncState['connection']): void {
    pusher.setOffline()
    viewSender.setOffline()
    receiver.setOffline()
    report({ connection, sending: false })
  }

  async function checkNowAndThen(): Promise<void> {
    while (!stopped) {
      await wait(CHECK_EVERY_MS)
      if (!stopped) checker.ask()
    }
  }

  void checkNowAndThen()
  written(sayAgainUnderNewId(options))
  transport.open()
  return () => {
    stopped = true
    ended = true
    stopListening()
    settling.stop()
    erasures.stop()
    pusher.stop()
    viewSender.stop()
    receiver.stop()
    transport.close()
  }
}

function collectionOf({ change }: OutboxEntry): CollectionName {
  return change?.collection ?? 'issues'
}
