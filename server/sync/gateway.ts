import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { COLLECTION_NAMES, EVERYWHERE } from '#domain/collections.ts'
import { EVENTS, PUSH_BYTES, SOCKET_PATH } from '#domain/sync/protocol.ts'
import type { Config } from '#server/config.ts'
import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import { answerEvent } from './events.ts'
import type { News } from './records.ts'

/** Largest message taken from a device. */
const MESSAGE_BYTES = PUSH_BYTES
/** How soon a change by another process (an import) is noticed. */
const HEAD_POLL_MS = 1_000
/** Dashboards get at most two pictures a second. */
const STATISTICS_MS = 500

const roomName = (room: string) => `room:${room}`
const TABLETS = 'tablets'
const VIEWERS = 'viewers'

export interface SocketData {
  account: SignedInAccount
  /** Known after `hello`. */
  deviceId: string | null
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
    // A page of another site may not open a socket with this browser's cookie.
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request.headers, config)),
  })
  io.use(async (socket, next) => {
    const account = await services.accounts.session(socket.handshake.headers.cookie ?? '').catch(() => null)
    if (account === null) return next(new Error('not-signed-in') as never)
    Object.assign(socket.data, { account, deviceId: null } satisfies SocketData)
    next()
  })
  io.on('connection', (socket) => serve(socket as unknown as TabletSocket, services, logger))

  const live = await broadcastMoves(io, services, logger)
  const figures = broadcastStatistics(io, services, logger)
  return {
    async close() {
      live()
      figures()
      await io.close()
    },
  }
}

/** The address people are told, or the very one this connection was made to (own certificate, no ORIGIN set). */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, config: Pick<Config, 'origin' | 'tls'>): boolean {
  return origin === config.origin || (config.tls !== null && origin === `https://${host}`)
}

function serve(socket: TabletSocket, services: Services, logger: Logger): void {
  socket.use(async ([event, ...rest], next) => {
    const acknowledge = rest.at(-1)
    const respond = typeof acknowledge === 'function' ? (acknowledge as (answer: unknown) => void) : () => undefined
    if (event === EVENTS.statistics)
      return void watch(socket, services).catch((error) => logger.error({ err: error }, 'the figures could not be read'))
    const answer = await answerEvent(socket, String(event), rest[0], services, logger)
    if (event === EVENTS.hello && answer.ok) joinRooms(socket)
    respond(answer)
    next()
  })
}

function joinRooms(socket: TabletSocket): void {
  if (!may(socket.data.account.roles, 'field.use')) return
  void socket.join([TABLETS, EVERYWHERE, ...socket.data.account.facilities].map((room) => (room === TABLETS ? room : roomName(room))))
}

async function watch(socket: TabletSocket, services: Services): Promise<void> {
  if (!may(socket.data.account.roles, 'dashboard.view')) return
  await socket.join(VIEWERS)
  socket.emit(EVENTS.statistics, await services.statistics.overview())
}

/** Tells rooms what moved. Numbers that another process took are noticed by the head, and then everybody looks. */
async function broadcastMoves(io: Server, services: Services, logger: Logger): Promise<() => void> {
  let { epoch, seq: known } = await services.records.head()
  const everybody = (seq: number) => {
    for (const collection of COLLECTION_NAMES) io.to(TABLETS).emit(EVENTS.moved, { epoch, collection, room: EVERYWHERE, seq })
    known = Math.max(known, seq)
  }
  const stop = services.records.onMoved(({ moved, first, last }: News) => {
    if (first > known + 1) return everybody(last)
    for (const { collection, room, seq } of moved) io.to(roomName(room)).emit(EVENTS.moved, { epoch, collection, room, seq })
    known = Math.max(known, last)
  })
  async function look(): Promise<void> {
    const head = await services.records.head()
    epoch = head.epoch
    if (head.seq > known) everybody(head.seq)
  }
  const timer = setInterval(() => {
    void look().catch((error) => logger.error({ err: error }, 'the head could not be read'))
  }, HEAD_POLL_MS)
  return () => {
    stop()
    clearInterval(timer)
  }
}

/** Pushes the figures to whoever watches, when something moved. */
function broadcastStatistics(io: Server, services: Services, logger: Logger): () => void {
  let shown = -1
  const timer = setInterval(() => {
    void look().catch((error) => logger.error({ err: error }, 'the figures could not be read'))
  }, STATISTICS_MS)
  async function look(): Promise<void> {
    if ((io.sockets.adapter.rooms.get(VIEWERS)?.size ?? 0) === 0) return
    const { seq } = await services.records.head()
    if (seq === shown) return
    shown = seq
    await sendAwayStrangers(io, services)
    io.to(VIEWERS).emit(EVENTS.statistics, await services.statistics.overview())
  }
  return () => clearInterval(timer)
}

/** Who has signed out, was disabled or lost the role sees no further picture. */
async function sendAwayStrangers(io: Server, services: Services): Promise<void> {
  for (const viewer of await io.in(VIEWERS).fetchSockets()) {
    const account = await services.accounts.session(viewer.handshake.headers.cookie ?? '')
    if (account === null || !may(account.roles, 'dashboard.view')) viewer.disconnect(true)
  }
}
