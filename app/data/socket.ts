import { io, type Socket } from 'socket.io-client'
import { EVENTS, movedEvent, presenceEvent, SOCKET_PATH } from '#domain/sync/protocol.ts'
import { fetchSnapshot } from './snapshot.ts'
import type { Credentials, Transport, TransportState } from './transport.ts'

/** No answer for this long counts as a lost connection: the request is made again after the next one. */
const ANSWER_MS = 20_000
const RETRY_MS = { first: 500, most: 5_000 }

/** @param credentials read at each connection */
export function openSocket(credentials?: () => Credentials): Socket {
  return io({
    ...(credentials ? { auth: (give) => give(credentials()) } : {}),
    path: SOCKET_PATH,
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: RETRY_MS.first,
    reconnectionDelayMax: RETRY_MS.most,
    // Full jitter: when a whole clinic comes back at once, nobody comes at the same time.
    randomizationFactor: 1,
    timeout: 10_000,
  })
}

/** The tablet's connection. Reconnects for ever; coming online or into view tries at once. */
export function socketTransport(credentials: () => Credentials): Transport {
  const socket = openSocket(credentials)
  let announce: (state: TransportState) => void = () => undefined
  let opened = false
  const wake = () => {
    if (opened && !socket.connected && document.visibilityState === 'visible') socket.disconnect().connect()
  }
  socket.on('connect', () => announce('connected'))
  socket.on('disconnect', (reason) => {
    announce('disconnected')
    // The server ended it (a restart, a role that changed): socket.io then waits to be asked.
    if (opened && reason === 'io server disconnect') setTimeout(() => opened && socket.connect(), RETRY_MS.first)
  })
  socket.on('connect_error', (error) => {
    announce(error.message === 'not-signed-in' ? 'refused' : 'disconnected')
    if (opened && !socket.active) setTimeout(() => opened && socket.connect(), RETRY_MS.most)
  })
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
      opened = true
      socket.connect()
      window.addEventListener('online', wake)
      window.addEventListener('focus', wake)
      document.addEventListener('visibilitychange', wake)
    },
    close: () => {
      opened = false
      window.removeEventListener('online', wake)
      window.removeEventListener('focus', wake)
      document.removeEventListener('visibilitychange', wake)
      socket.disconnect()
    },
  }
}
