import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { may, readRoles } from '#domain/access/access.ts'
import { mayAsk } from '#domain/access/doors.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { isShared } from '#domain/facilities/place.ts'
import { forViewers } from '#domain/statistics/overview.ts'
import { EVENTS, PUSH_BYTES, SOCKET_PATH, type Welcome } from '#domain/sync/protocol.ts'
import type { Config } from '#server/config.ts'
import type { Message } from '#server/database/messages.ts'
import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import { EventRate } from './eventRate.ts'
import { answerEvent } from './events.ts'
import { arrivals, countRevocations } from './gatewayArrival.ts'
import { admitToShared, roomName } from './gatewayRooms.ts'
import type { Viewer } from './presence.ts'
import { bytesWaiting, cut } from './slowReaders.ts'
import { preparedFirst } from './wire.ts'

/** Largest message taken from a device. */
const MESSAGE_BYTES = PUSH_BYTES
/** How soon a change by another process (an import, a restore) is noticed. One row is read. */
const HEAD_POLL_MS = 1_000
/** Dashboards get at most two pictures a second. */
const STATISTICS_MS = 500
/**
 * A connection that was cut without a word is noticed after both of these: within 9 s, so that nobody is shown with a
 * record open for more than 10 s (rule L1), and a tablet that walked out of the network shows it. Six seconds of silence
 * are more than a slow line needs for 2 bytes each way (with 4 s a starved machine dropped 137 of 500: bench/README.md).
 */
const PING_MS = { pingInterval: 3_000, pingTimeout: 6_000 }
const SWEEP_MS = 1_000
/** A session that ran out, or one that another process ended, ends the connection within this. One statement for all of them. */
const RECHECK_MS = 4_000

const TABLETS = 'tablets'
const VIEWERS = 'viewers'
/** Of those the ones who may see exact figures. */
const EXACT = 'viewers-exact'
/** Viewers who came when there was no time to draw a picture. */
const UNSERVED = 'viewers without a picture'

export interface SocketData {
  /** The session it was opened with, by what is stored of it; null for a device that shows its credential alone. */
  session: { idHash: string; accountId: string } | null
  /** How many revocations there had been when the session was read. */
  seen: number
  /** Null for a device that shows its credential alone, and once it has asked for records without the right to them. */
  account: SignedInAccount | null
  /** Known after `hello`. */
  deviceId: string | null
  /** Set when the rooms are joined. */
  viewer: Viewer | null
  /** The account's facilities when the rooms were joined. */
  joined: readonly string[]
}
export type TabletSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>

/** The sockets' one door: who may connect, which events exist, and who hears of what moved. */
export async function attachGateway(http: HttpServer, services: Services, config: Config, logger: Logger) {
  const io = new Server(http, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES,
    perMessageDeflate: false,
    ...PING_MS,
    // A page of another site may not open a socket with this browser's cookie.
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, config)),
  })
  // Each connection takes the encoder that the server has when it begins.
  Object.defineProperty(io, 'encoder', { value: preparedFirst(io.encoder) })
  const revocations = countRevocations(services)
  io.use(arrivals(services, config, revocations, logger))
  io.on('connection', (socket) => {
    if (revocations.missedBy(socket.data)) return void socket.conn.close()
    serve(socket as unknown as TabletSocket, services, config, logger)
  })

  const stops = [
    revocations.stop,
    await broadcastMoves(io, services, logger),
    endWhatIsOver(io, services, logger),
    every(STATISTICS_MS, logger, 'the figures could not be read', broadcastStatistics(io, services)),
    every(SWEEP_MS, logger, 'the connections could not be looked after', async () => {
      services.presence.sweep()
      services.load.look()
      cutSlowReaders(io, config)
    }),
  ]
  return {
    connections: () => io.sockets.sockets.size,
    async close() {
      for (const stop of stops) stop()
      await io.close()
    },
  }
}

async function hearOthers(message: Message, { presence, records }: Services): Promise<void> {
  if (message.about === 'presence') presence.hear(JSON.parse(message.text))
  else await records.hear(message)
}

/** Many words about the same, while one is heard, are one. */
function oneAfterTheOther(hear: (message: Message) => Promise<void>, logger: Logger): (message: Message) => void {
  const waiting = new Map<string, Message>()
  let busy = false
  const go = async () => {
    busy = true
    for (const [key, message] of waiting) {
      waiting.delete(key)
      await hear(message).catch((error) => logger.error({ err: error }, 'what another process told could not be heard'))
    }
    busy = false
  }
  return (message) => {
    waiting.set(`${message.about} ${message.text}`, message)
    if (!busy) void go()
  }
}

/** One run at a time, whatever it takes. @returns the way to stop */
function every(ms: number, logger: Logger, failed: string, work: () => Promise<void>): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    void work()
      .catch((error) => logger.error({ err: error }, failed))
      .finally(() => {
        busy = false
      })
  }, ms)
  return () => clearInterval(timer)
}

function cutSlowReaders(io: Server, { limits }: Config): void {
  for (const { conn } of io.sockets.sockets.values()) {
    const connection = conn as unknown as Parameters<typeof cut>[0]
    if (bytesWaiting(connection) > limits.socketBufferBytes) cut(connection)
  }
}

/** The address people are told, or the very one this connection was made to (own certificate, no ORIGIN set). */
export function isOwnOrigin(headers: IncomingHttpHeaders, config: Pick<Config, 'origin' | 'tls'>): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers
  // No page can set it, and a browser that sends it knows better than the Origin of a page that it was told to trust.
  if (site !== undefined && site !== 'same-origin') return false
  return origin === config.origin || (config.tls !== null && origin === `https://${host}`)
}

function serve(socket: TabletSocket, services: Services, { limits }: Config, logger: Logger): void {
  const rate = new EventRate(limits.eventsPerSecond)
  socket.use(async ([event, ...rest], next) => {
    const acknowledge = rest.at(-1)
    const respond = typeof acknowledge === 'function' ? (acknowledge as (answer: unknown) => void) : () => undefined
    const late = rate.take()
    if (late === 'flood') return socket.conn.close()
    if (late > 0) return respond({ ok: false, problem: 'busy', retryAfterMs: late })
    if (event === EVENTS.statistics)
      return void watch(socket, services).catch((error) => logger.error({ err: error }, 'the figures could not be read'))
    const began = performance.now()
    const answer = await answerEvent(socket, String(event), rest[0], services, logger)
    services.metrics.event(event, answer, performance.now() - began)
    if (event === EVENTS.hello && answer.ok) joinRooms(socket, (answer as unknown as Welcome).rooms)
    respond(answer)
    if (!isWhereItMayBe(socket.data, socket.data.account)) socket.conn.close()
    next()
  })
  socket.on('disconnect', () => {
    if (socket.data.viewer) services.presence.leave(socket.data.viewer)
  })
}

function joinRooms(socket: TabletSocket, rooms: readonly string[]): void {
  const { account, deviceId } = socket.data
  if (account === null || deviceId === null || !may(account.roles, 'field.use')) return
  void socket.join([TABLETS, ...rooms.map(roomName)])
  socket.data.joined = account.facilities
  socket.data.viewer ??= { account: account.id, name: account.name, deviceId, tell: (event, present) => socket.emit(event, present) }
}

async function watch(socket: TabletSocket, services: Services): Promise<void> {
  // Read anew: between the handshake and this word the session may have ended.
  const account = await services.accounts.session(socket.handshake.headers.cookie ?? '')
  if (account === null || !mayAsk(account.roles, EVENTS.statistics)) return
  // The first picture comes when there is time for it: what tablets send goes first.
  const rooms = may(account.roles, 'reports.view') ? [VIEWERS, EXACT] : [VIEWERS]
  if (services.load.isOver()) return void socket.join([...rooms, UNSERVED])
  await socket.join(rooms)
  socket.emit(EVENTS.statistics, await services.statistics.overviewFor(account.roles))
}

/** Each room hears what moved in it. Numbers that another process took are noticed by the head. */
async function broadcastMoves(io: Server, services: Services, logger: Logger): Promise<() => void> {
  await services.records.look()
  const known = new Set<string>()
  const hear = services.records.onMoved(({ events }) => {
    for (const event of events) io.to(roomName(event.room)).emit(EVENTS.moved, event)
    const fresh = events.map(({ room }) => room).filter((room) => isShared(room) && !known.has(room))
    if (fresh.length === 0) return
    for (const room of fresh) known.add(room)
    void admitToShared(io, services).catch((error) => logger.error({ err: error }, 'the rooms of what is shared could not be read'))
  })
  const listen = services.database.onTold(oneAfterTheOther((message) => hearOthers(message, services), logger))
  const look = every(HEAD_POLL_MS, logger, 'the head could not be read', services.records.look)
  return () => {
    hear()
    look()
    listen()
  }
}

/** Connections that may not go on: all of them in a new epoch, so that every tablet greets anew; and those whose rights changed. */
function endWhatIsOver(io: Server, services: Services, logger: Logger): () => void {
  const sockets = () => [...io.sockets.sockets.values()] as unknown as TabletSocket[]
  // Not `disconnect`: a tablet that was cut off comes back by itself, after a random time.
  const end = (ended: readonly TabletSocket[]) => ended.forEach((socket) => void socket.conn.close())
  const stops = [
    services.records.onRenewed(() => end(sockets())),
    services.records.onRightsChanged((id) => end(sockets().filter(({ data }) => data.session?.accountId === id))),
    every(RECHECK_MS, logger, 'the sessions could not be read', async () => {
      end(await thoseThatAreOver(sockets(), services))
      await admitToShared(io, services)
    }),
  ]
  return () => stops.forEach((stop) => void stop())
}

/**
 * Records travel to whoever is in a room, so the right to be there is looked at again also when the tablet says nothing. A
 * device that came by its credential alone has no session that could end.
 */
async function thoseThatAreOver(sockets: readonly TabletSocket[], { accounts }: Services): Promise<TabletSocket[]> {
  const withSession = sockets.filter(({ data }) => data.session !== null)
  const open = await accounts.openSessions(withSession.map(({ data }) => data.session?.idHash ?? ''))
  return withSession.filter(({ data }) => {
    const session = open.get(data.session?.idHash ?? '')
    return session === undefined || !isWhereItMayBe(data, { ...session, id: session.accountId, roles: readRoles(session.roles) })
  })
}

/** The same person in the same rooms as when they were joined; else the tablet has to greet anew. */
function isWhereItMayBe(
  { viewer, joined, deviceId }: SocketData,
  account: Pick<SignedInAccount, 'id' | 'roles' | 'facilities'> | null,
): boolean {
  if (viewer === null) return true
  // It greeted again, and was told to wipe itself.
  if (deviceId === null) return false
  if (account === null || account.id !== viewer.account || !may(account.roles, 'field.use')) return false
  return [...account.facilities].sort().join() === [...joined].sort().join()
}

/** Pushes the figures to whoever watches, when something moved and there is time. */
function broadcastStatistics(io: Server, services: Services): () => Promise<void> {
  let shown = -1
  return async () => {
    const { rooms } = io.sockets.adapter
    if (!rooms.has(VIEWERS) || services.load.isOver()) return
    const { seq } = await services.records.head()
    if (seq === shown && !rooms.has(UNSERVED)) return
    shown = seq
    io.in(UNSERVED).socketsLeave(UNSERVED)
    await sendAwayStrangers(io, services)
    const figures = await services.statistics.overview()
    io.to(EXACT).emit(EVENTS.statistics, figures)
    io.to(VIEWERS).except(EXACT).emit(EVENTS.statistics, forViewers(figures))
  }
}

/**
 * Who has signed out, was disabled or has other roles sees no further picture; the page asks anew. All of them in one
 * statement: a question for each of 2,000 viewers took half a second of the processor for every picture (bench:viewers).
 */
async function sendAwayStrangers(io: Server, { accounts }: Services): Promise<void> {
  const { rooms } = io.sockets.adapter
  const viewers = [...(rooms.get(VIEWERS) ?? [])].flatMap((id) => (io.sockets.sockets.get(id) as unknown as TabletSocket) ?? [])
  const open = await accounts.openSessions(viewers.map(({ data }) => data.session?.idHash ?? ''))
  for (const viewer of viewers) {
    const session = open.get(viewer.data.session?.idHash ?? '')
    const roles = readRoles(session?.roles ?? '')
    if (!mayAsk(roles, EVENTS.statistics) || may(roles, 'reports.view') !== viewer.rooms.has(EXACT)) viewer.disconnect(true)
  }
}
