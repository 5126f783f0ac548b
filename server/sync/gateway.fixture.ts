import { io, type Socket } from 'socket.io-client'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { type Hello, PROTOCOL, SOCKET_PATH } from '#domain/sync/protocol.ts'

interface Calling {
  /** Of the server, and what the page says it is from. */
  url: string
  origin: string
  headers: Record<string, string>
  auth: object
}

/** A socket that is connected; rejects with the server's reason when it is not let in. */
export async function connectTo({ url, origin, headers, auth }: Calling, made: (socket: Socket) => void): Promise<Socket> {
  const socket = io(url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    extraHeaders: { ...headers, origin },
    auth,
    reconnection: false,
    forceNew: true,
  })
  made(socket)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}

/** What a tablet that holds nothing says first. */
export function greeting(deviceId: string): Hello {
  return {
    protocol: PROTOCOL,
    app: 'test',
    schema: SCHEMA_VERSION,
    deviceId,
    epoch: null,
    lastN: 0,
    startsAfter: 0,
    time: Date.now(),
    unsent: [],
    witness: null,
    cursor: 0,
    repairs: 0,
  }
}

interface Registering {
  deviceId: string
  n: number
  actor: string
  facilityId: string
  recordId: string
  givenName?: string
}

/** Somebody new, as a tablet pushes it. */
export function registration({ deviceId, n, actor, facilityId, recordId, givenName = 'Neema' }: Registering) {
  const values = { givenName, sex: 'female', bornOnEstimated: false, facilityId }
  const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }]))
  const change = { deviceId, n, changeId: crypto.randomUUID(), collection: 'clients', recordId, op: 'create', fields, base: 0 }
  return { ...change, actor, deviceTime: 1, schemaVersion: SCHEMA_VERSION }
}
