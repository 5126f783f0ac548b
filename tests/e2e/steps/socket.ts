import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import { SOCKET_PATH } from '#domain/sync/protocol.ts'
import type { HimsServer } from '../server.ts'

export type Answer = { ok: boolean; problem?: string }

const ANSWER_MS = 10_000

function socketOf({ origin }: HimsServer, headers: Record<string, string>, from: string): Socket {
  return io(origin, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...headers, Origin: from },
  })
}

/** A connection without our app: whatever is sent over it is the test's own. */
export async function openSocket(server: HimsServer, cookie: string): Promise<Socket> {
  const socket = socketOf(server, { Cookie: cookie }, server.origin)
  await once(socket as never, 'connect', { signal: AbortSignal.timeout(ANSWER_MS) })
  return socket
}

/** @returns the words of the refusal */
export async function refusedSocket(server: HimsServer, headers: Record<string, string>, from: string): Promise<string> {
  const socket = socketOf(server, headers, from)
  const [error] = (await once(socket as never, 'connect_error', { signal: AbortSignal.timeout(ANSWER_MS) })) as [Error]
  socket.disconnect()
  return error.message
}

export function ask(socket: Socket, event: string, body: unknown): Promise<Answer> {
  return socket.timeout(ANSWER_MS).emitWithAck(event, body) as Promise<Answer>
}
