import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'socket.io'
import { callerAddress } from '#server/caller.ts'
import type { Config } from '#server/config.ts'
import { readableCookies } from '#server/cookies.ts'
import type { Logger } from '#server/logger.ts'
import type { Services } from '#server/services.ts'
import { Connections, holderOf } from './connections.ts'
import { shownBy } from './events.ts'
import type { SocketData, TabletSocket } from './gateway.ts'

/** Why somebody is sent away; the tablet tells them apart. */
type SentAway = 'not-signed-in' | 'too-many-connections' | 'unavailable'

export type Revocations = ReturnType<typeof countRevocations>

/** Who may connect, before anything is asked: a session, or a device by its credential alone. */
export function arrivals(services: Services, config: Config, revocations: Revocations, logger: Logger) {
  const connections = new Connections(config.limits.socketsPerSession)

  async function arrive(socket: TabletSocket): Promise<SentAway | null> {
    const seen = revocations.seen()
    // The audit log names the caller, not the proxy.
    const { handshake, conn } = socket
    handshake.headers.cookie = readableCookies(handshake.headers.cookie)
    handshake.address = callerAddress(handshake.address, forwardedFor(handshake.headers), config.trustsProxy)
    const { cookie } = handshake.headers
    const account = await services.accounts.session(cookie ?? '')
    const idHash = account === null ? null : await services.accounts.sessionShownBy(cookie)
    const session = account === null || idHash === null ? null : { idHash, accountId: account.id }
    const shown = shownBy(socket)
    if (account === null && (await services.records.deviceOf(shown)) === null) return 'not-signed-in'
    Object.assign(socket.data, { session, seen, account, deviceId: null, viewer: null, joined: [] } satisfies SocketData)
    const place = { tablet: shown !== null, end: () => void socket.disconnect(true) }
    const leave = connections.take(holderOf(cookie, shown?.deviceId), place)
    if (leave === null) return 'too-many-connections'
    conn.on('close', leave)
    return null
  }

  return (socket: Socket, next: (error?: Error) => void): void => {
    const failed = (error: unknown): SentAway => {
      logger.error({ err: error }, 'a connection could not be looked at')
      // Not the word for "nobody is signed in": the database may be back in a moment.
      return 'unavailable'
    }
    void arrive(socket as unknown as TabletSocket)
      .catch(failed)
      .then((reason) => next(reason === null ? undefined : new Error(reason)))
  }
}

/** Tells of a connection whose session was read just before it was revoked, and which was no connection yet when that was told. */
export function countRevocations({ records }: Services) {
  let count = 0
  const last = new Map<string, number>()
  const stop = records.onRightsChanged((accountId) => {
    count += 1
    last.set(accountId, count)
  })
  return {
    stop,
    seen: () => count,
    missedBy: ({ session, seen }: SocketData) => session !== null && (last.get(session.accountId) ?? 0) > seen,
  }
}

function forwardedFor(headers: IncomingHttpHeaders): string | undefined {
  return [headers['x-forwarded-for'] ?? []].flat().join(',')
}
