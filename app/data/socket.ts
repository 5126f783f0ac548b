import { io, type Socket } from 'socket.io-client'
import { EVENTS, movedEvent, presenceEvent, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { fetchSnapshot } from './snapshot.ts'
import type { Credentials, Transport, TransportState } from './transport.ts'
import { untilConnected } from './tries.ts'

/** No answer for this long counts as a lost connection: the request is made again after the next one. */
const ANSWER_MS = 20_000

/** @param credentials read at each connection */
export function openSocket(credentials?: () => Credentials): Socket {
  return io({
    ...(credentials ? { auth: (give) => give(credentials()) } : {}),
    path: SOCKET_PATH,
    transports: ['websocket'],
    autoConnect: false,
    // See `keepConnected`.
    reconnection: false,
    timeout: 10_000,
  })
}

/**
 * Opens it, and again whenever it was lost, until it is let go. Not by socket.io: its waits are random only until they
 * reach the longest, and from then on the same for a whole clinic. Coming online or into view tries at once.
 * @returns the way to let go
 */
export function keepConnected(socket: Socket): () => void {
  const visible = () => document.visibilityState === 'visible'
  const tries = untilConnected({ patience: { random: Math.random, visible }, connect: () => socket.disconnect().connect(), later })
  const wake = () => {
    if (!socket.connected && visible()) tries.now()
  }
  const lost = (reason: string) => {
    // Said by this side: it connects again itself, or wants no connection.
    if (reason !== 'io client disconnect') tries.failed()
  }
  socket.on('connect', tries.connected).on('connect_error', tries.failed).on('disconnect', lost)
  window.addEventListener('online', wake)
  window.addEventListener('focus', wake)
  document.addEventListener('visibilitychange', wake)
  socket.connect()
  return () => {
    tries.stop()
    socket.off('connect', tries.connected).off('connect_error', tries.failed).off('disconnect', lost)
    window.removeEventListener('online', wake)
    window.removeEventListener('focus', wake)
    document.removeEventListener('visibilitychange', wake)
    socket.disconnect()
  }
}

function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

/** The tablet's connection, for as long as this tab leads. */
export function socketTransport(credentials: () => Credentials): Transport {
  const socket = openSocket(credentials)
  let announce: (state: TransportState) => void = () => undefined
  let letGo: () => void = () => undefined
  socket.on('connect', () => announce('connected'))
  socket.on('disconnect', () => announce('disconnected'))
  socket.on('connect_error', (error) => announce(error.message === 'not-signed-in' ? 'refused' : 'disconnected'))
  return {
    request: (event, body) => socket.timeout(ANSWER_MS).emitWithAck(event, body),
    onState: (listener) => {
      announce = listener
    },
    onMoved: (listener) => {
      socket.on(EVENTS.moved, (event: unknown) => {
        const parsed = movedEvent.safeParse(event)
        if (parsed.success) listener(parsed.data)
      })
    },
    onPresence: (listener) => {
      socket.on(EVENTS.presence, (event: unknown) => {
        const parsed = presenceEvent.safeParse(event)
        if (parsed.success) listener(parsed.data)
      })
    },
    snapshot: (request) => fetchSnapshot(credentials(), request),
    reconnect: () => {
      socket.disconnect().connect()
    },
    open: () => {
      letGo = keepConnected(socket)
    },
    close: () => letGo(),
  }
}
