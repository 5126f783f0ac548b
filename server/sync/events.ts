import type { z } from 'zod'
import { may, mayPull, mayPush } from '#domain/access/access.ts'
import { EVERYWHERE } from '#domain/collections.ts'
import { type Problem, Refusal } from '#domain/problem.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Answer, EVENTS, hello, pullRequest, pushRequest } from '#domain/sync/protocol.ts'
import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import type { TabletSocket } from './gateway.ts'

type Handler = (socket: TabletSocket, body: unknown, services: Services) => Promise<object>

const handlers: Record<string, Handler> = {
  [EVENTS.hello]: async (socket, body, services) => {
    const { deviceId } = parse(hello, body)
    const { account } = socket.data
    const greeting = await services.records.welcome(deviceId, account.id)
    socket.data.deviceId = deviceId
    return { verdict: 'ok', ...greeting, account: account.id, rooms: [EVERYWHERE, ...account.facilities] }
  },
  [EVENTS.push]: async (socket, body, services) => {
    const { account, deviceId } = socket.data
    // Neither is the fault of a change, so neither may be answered as one: a tablet gives up a change that is invalid.
    if (isFromNewerApp(body)) throw new Refusal({ code: 'unavailable', detail: 'the app is newer than the server' })
    const { changes } = parse(pushRequest, body)
    if (deviceId === null) throw new Refusal({ code: 'unavailable', detail: 'hello comes first' })
    for (const change of changes) {
      if (change.op !== 'void' && !mayPush(account.roles, change.collection)) throw new Refusal({ code: 'not-permitted' })
    }
    const ip = socket.handshake.address
    return services.records.push({ accountId: account.id, deviceId, facilities: account.facilities, ip }, changes)
  },
  [EVENTS.pull]: async (socket, body, services) => {
    const request = parse(pullRequest, body)
    const { account } = socket.data
    if (!mayPull(account.roles, request.collection)) throw new Refusal({ code: 'not-permitted' })
    return services.records.pull([EVERYWHERE, ...account.facilities], request)
  },
}

/** Answers one event of a device. A bad one gets words and harms nobody else. */
export async function answerEvent(
  socket: TabletSocket,
  event: string,
  body: unknown,
  services: Services,
  logger: Logger,
): Promise<Answer<object>> {
  try {
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined
    if (handler === undefined) return refusal({ code: 'not-found', detail: 'there is no such event' })
    const account = await services.accounts.session(socket.handshake.headers.cookie ?? '')
    if (account === null) return refusal({ code: 'not-signed-in' })
    socket.data.account = account
    if (!may(account.roles, 'field.use')) return refusal({ code: 'not-permitted' })
    return { ok: true, ...(await handler(socket, body, services)) }
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.problem)
    logger.error({ err: error, event }, 'an event failed')
    return refusal({ code: 'unavailable' })
  }
}

/** Before the shapes are checked: a newer app may send what this server has never heard of. */
function isFromNewerApp(body: unknown): boolean {
  const { changes } = (body ?? {}) as { changes?: unknown }
  return Array.isArray(changes) && changes.some((change) => Number(change?.schemaVersion) > SCHEMA_VERSION)
}

function refusal(problem: Problem): Answer<object> {
  return { ok: false, problem: problem.code, ...(problem.detail ? { detail: problem.detail } : {}) }
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refusal({ code: 'invalid', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}` })
}
