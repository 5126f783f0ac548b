import { z } from 'zod'
import { mayPull, mayPush } from '#domain/access/access.ts'
import { mayAsk } from '#domain/access/doors.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { CollectionName } from '#domain/collections.ts'
import { isNestedDeeper } from '#domain/nesting.ts'
import { type Problem, Refusal } from '#domain/problem.ts'
import {
  erasedRequest,
  historyRequest,
  joinRequest,
  lookupRequest,
  partRequest,
  removedRequest,
  seenRequest,
  shareRequest,
  unshareRequest,
  viewsRequest,
} from '#domain/sync/asking.ts'
import {
  type Answer,
  EVENTS,
  hello,
  manifestRequest,
  presenceRequest,
  pullRequest,
  pushRequest,
  quarantineRequest,
  recoverRequest,
  repairRequest,
  wipedRequest,
} from '#domain/sync/protocol.ts'
import { sealedRequest } from '#domain/sync/sealed.ts'
import { isNewer, upgradeChange } from '#domain/sync/upgrade.ts'
import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import { Busy } from './admission.ts'
import type { KnownDevice, Shown } from './devices.ts'
import type { TabletSocket } from './gateway.ts'
import { Prepared } from './prepared.ts'

/** One event of a device, its session checked and its greeting heard. */
export interface Call {
  socket: TabletSocket
  deviceId: string
  services: Services
  account: SignedInAccount
  /** Those of the account, as they are now. */
  rooms: () => Promise<string[]>
}

/** Reads what was asked, and gives what answers it: a request that makes no sense is told so whoever asks, and when. */
type Handler = (body: unknown) => (call: Call) => Promise<object>

function on<Schema extends z.ZodType>(schema: Schema, answer: (call: Call, request: z.infer<Schema>) => Promise<object>): Handler {
  return (body) => {
    const request = parse(schema, body)
    return (call) => answer(call, request)
  }
}

/** One of the few events that a device may also say by its credential alone: `account` is null then, and `device` is not. */
export interface LimitedCall {
  socket: TabletSocket
  body: unknown
  services: Services
  account: SignedInAccount | null
  device: KnownDevice | null
}

const limited: Record<string, (call: LimitedCall) => Promise<object>> = {
  [EVENTS.hello]: async ({ socket, body, services, account }) => {
    const said = parse(hello, body)
    const { records } = services
    const greeting = await records.admission.read(() => records.welcome({ account, shown: shownBy(socket) }, said))
    // Without it nothing but these three is answered, and no room is joined.
    const maySync = !said.locked && (greeting.verdict === 'ok' || greeting.verdict === 'upgrade')
    socket.data.deviceId = maySync ? said.deviceId : null
    return greeting
  },
  [EVENTS.quarantine]: async ({ socket, body, services, account, device }) => {
    const { changes } = parse(quarantineRequest, upgraded(body))
    return services.records.quarantine({ account, device, ip: socket.handshake.address }, changes)
  },
  [EVENTS.sealed]: async ({ socket, body, services, account, device }) => {
    const { deviceId, rows } = parse(sealedRequest, body)
    return services.records.sealed({ account, device, ip: socket.handshake.address }, deviceId, rows)
  },
  [EVENTS.views]: async ({ socket, body, services, account, device }) => {
    const { deviceId, views } = parse(viewsRequest, body)
    await services.views.take({ account, device, ip: socket.handshake.address }, deviceId, views)
    return {}
  },
  [EVENTS.wiped]: async ({ body, services, account, device }) => {
    const { deviceId } = parse(wipedRequest, body)
    await services.records.wiped({ account, device }, deviceId)
    return {}
  },
}

const push = on(pushRequest, async (call, { changes }) => {
  for (const change of changes) {
    if (change.op !== 'void' && !mayPush(call.account.roles, change.collection)) throw new Refusal({ code: 'not-permitted' })
  }
  return call.services.records.push(authorOf(call), changes)
})

function authorOf({ socket, deviceId, account }: Call) {
  return { accountId: account.id, deviceId, facilities: account.facilities, ip: socket.handshake.address }
}

/** What the server does with clients when somebody says so, for those who may write to them. */
function byWriter<Schema extends z.ZodType>(
  schema: Schema,
  answer: (records: Services['records'], author: ReturnType<typeof authorOf>, request: z.infer<Schema>) => Promise<object>,
): Handler {
  return on(schema, async (call, request) => {
    if (!mayPush(call.account.roles, 'clients')) throw new Refusal({ code: 'not-permitted' })
    return answer(call.services.records, authorOf(call), request)
  })
}

const handlers: Record<string, Handler> = {
  // A newer app is not the fault of a change, so it is not answered as one: a tablet gives up what is invalid.
  [EVENTS.push]: (body) => push(upgraded(body)),
  [EVENTS.pull]: on(pullRequest, async ({ services, account, rooms }, request) => {
    checkPull(account, request.collection)
    return services.records.admission.read(async () => services.records.pullText(await rooms(), request))
  }),
  [EVENTS.manifest]: on(manifestRequest, async ({ deviceId, services, account, rooms }, request) => {
    if (request.of) checkPull(account, request.of.collection)
    const sums = await services.records.admission.read(async () => services.records.manifest(await rooms(), request))
    // A tablet compares itself when it has received everything: from then on the list of devices need not call it behind.
    if (request.of === null) await services.records.caughtUp(deviceId, sums.head)
    return sums
  }),
  [EVENTS.repair]: on(repairRequest, async ({ services, account, rooms }, request) => {
    checkPull(account, request.collection)
    return services.records.admission.read(async () => services.records.repair(await rooms(), request))
  }),
  [EVENTS.recover]: on(recoverRequest, async (call, request) => {
    if (!mayPush(call.account.roles, request.collection)) throw new Refusal({ code: 'not-permitted' })
    return call.services.records.recover(authorOf(call), request)
  }),
  [EVENTS.history]: on(historyRequest, async (call, request) => {
    checkPull(call.account, request.collection)
    const answer = await call.services.records.history(await call.rooms(), request)
    if (request.collection === 'clients' || request.collection === 'enrollments') await noteReading(call, request.recordId)
    return answer
  }),
  [EVENTS.seen]: on(seenRequest, async (call, request) => {
    checkPull(call.account, 'clients')
    const answer = await call.services.records.seen(await call.rooms(), request)
    await noteReading(call, request.clientId)
    return answer
  }),
  [EVENTS.removed]: on(removedRequest, async ({ services, account, rooms }, request) => {
    checkPull(account, 'clients')
    return services.records.admission.read(async () => services.records.removed(await rooms(), request))
  }),
  [EVENTS.erased]: on(erasedRequest, async ({ services }, { ids }) => ({ ids: await services.records.erasedAmong(ids) })),
  [EVENTS.join]: byWriter(joinRequest, (records, author, request) => records.join(author, request)),
  [EVENTS.part]: byWriter(partRequest, (records, author, request) => records.part(author, request)),
  [EVENTS.lookup]: on(lookupRequest, (call, request) => {
    checkPull(call.account, 'clients')
    return call.services.records.lookup(authorOf(call), request)
  }),
  [EVENTS.share]: byWriter(shareRequest, (records, author, request) => records.share(author, request)),
  [EVENTS.unshare]: byWriter(unshareRequest, (records, author, request) => records.unshare(author, request)),
  [EVENTS.presence]: on(presenceRequest, async ({ socket, services, account, rooms }, { open }) => {
    const { viewer } = socket.data
    if (viewer === null) throw new Refusal({ code: 'unavailable', detail: 'hello comes first' })
    if (open) checkPull(account, open.collection)
    await services.presence.say(viewer, open, async ({ collection, recordId }) =>
      services.records.isIn(await rooms(), collection, recordId),
    )
    return {}
  }),
}

function noteReading({ socket, services, account, deviceId }: Call, recordId: string): Promise<void> {
  return services.views.noteReading({ accountId: account.id, deviceId, ip: socket.handshake.address }, recordId)
}

/** For the check that each has a row in domain/access/doors.ts. */
export const ANSWERED_EVENTS = [...Object.keys(limited), ...Object.keys(handlers)]

/** Answers one event of a device. A bad one gets words and harms nobody else. */
export async function answerEvent(
  socket: TabletSocket,
  event: string,
  body: unknown,
  services: Services,
  logger: Logger,
): Promise<Answer<object> | Prepared> {
  try {
    if (!Object.hasOwn(limited, event) && !Object.hasOwn(handlers, event))
      return refusal({ code: 'not-found', detail: 'there is no such event' })
    if (isNestedDeeper(body)) return refusal({ code: 'invalid', detail: 'nested too deep' })
    const account = await services.accounts.session(socket.handshake.headers.cookie ?? '')
    const answer = await answerAs(account, { socket, body, services }, event)
    return answer instanceof Prepared ? answer : { ok: true, ...answer }
  } catch (error) {
    if (error instanceof Busy) return { ok: false, problem: 'busy', retryAfterMs: error.retryAfterMs }
    if (error instanceof Refusal) return refusal(error.problem)
    logger.error({ err: error, event }, 'an event failed')
    return refusal({ code: 'unavailable' })
  }
}

type Said = Pick<LimitedCall, 'socket' | 'body' | 'services'>

async function answerAs(account: SignedInAccount | null, said: Said, event: string): Promise<object> {
  const user = account !== null && mayAsk(account.roles, event) ? account : null
  said.socket.data.account = user
  if (user !== null) {
    if (Object.hasOwn(limited, event)) return limited[event]?.({ ...said, account: user, device: null }) ?? {}
    const answer = handlers[event]?.(said.body)
    // W1: a revoked device that somebody has signed in on again greets in vain, and so receives nothing more.
    const { deviceId } = said.socket.data
    if (deviceId === null) throw new Refusal({ code: 'unavailable', detail: 'hello comes first' })
    const { socket, services } = said
    return answer?.({ socket, services, deviceId, account: user, rooms: () => services.records.roomsFor(user.facilities) }) ?? {}
  }
  const device = limited[event] && (await said.services.records.deviceOf(shownBy(said.socket)))
  if (device) return limited[event]?.({ ...said, account: null, device }) ?? {}
  throw new Refusal({ code: account === null ? 'not-signed-in' : 'not-permitted' })
}

/** What the tablet said of itself when it connected; null when that makes no sense. */
export function shownBy({ handshake }: TabletSocket): Shown | null {
  const shown = credentials.safeParse(handshake.auth)
  return shown.success ? shown.data : null
}

const credentials = z.object({ deviceId: z.string().min(8).max(64), credential: z.string().max(200).nullable() })

function checkPull({ roles }: SignedInAccount, collection: CollectionName): void {
  if (!mayPull(roles, collection)) throw new Refusal({ code: 'not-permitted' })
}

/**
 * Before the shapes are checked: changes of older apps become those of today (rule P11). A newer app may send what this
 * server has never heard of.
 */
function upgraded(body: unknown): unknown {
  const { changes } = (body ?? {}) as { changes?: unknown }
  if (!Array.isArray(changes)) return body
  if (changes.some((change) => isNewer(change))) throw new Refusal({ code: 'unavailable', detail: 'the app is newer than the server' })
  return { ...(body as object), changes: changes.map((change) => upgradeChange(change)) }
}

function refusal(problem: Problem): Answer<object> {
  return { ok: false, problem: problem.code, ...(problem.detail ? { detail: problem.detail } : {}) }
}

export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refusal({ code: 'invalid', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}` })
}
