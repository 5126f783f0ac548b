import { z } from 'zod'

/** What one caller may cost the server. Every default is the one of docs/security.md; operators change them by these names. */
export interface Limits {
  /** Of a form, and of a partner's request. */
  bodyBytes: number
  headerBytes: number
  /** In which a request must have arrived whole. */
  requestMs: number
  /** Connections of one session; tablets use one, each open dashboard another. */
  socketsPerSession: number
  /** Per connection, in the long run: five seconds' worth may come at once. */
  eventsPerSecond: number
  /** What may wait behind an answer on its way to a slow reader. */
  socketBufferBytes: number
  /** Refused partner requests of one address in a minute that have a row each in the audit log; more of them are counted in one. */
  apiRefusals: number
}

const number = (least: number, most: number, usual: number) =>
  z.coerce
    .number({ error: `a number from ${least} to ${most}` })
    .int({ error: `a number from ${least} to ${most}` })
    .min(least, { error: `a number from ${least} to ${most}` })
    .max(most, { error: `a number from ${least} to ${most}` })
    .default(usual)

/** A push has 256 KB and a session's cookie 100 bytes: much lower would lock tablets out. */
export const limitSettings = {
  BODY_KB: number(16, 4096, 256),
  HEADER_KB: number(8, 64, 16),
  REQUEST_SECONDS: number(5, 300, 30),
  SESSION_SOCKETS: number(1, 10_000, 3),
  SOCKET_EVENTS: number(10, 1000, 50),
  SOCKET_BUFFER_KB: number(64, 16_384, 1024),
  API_REFUSALS: number(1, 100_000, 600),
}

type Settings = { [Name in keyof typeof limitSettings]: number }

export function readLimits(settings: Settings): Limits {
  return {
    bodyBytes: settings.BODY_KB * 1024,
    headerBytes: settings.HEADER_KB * 1024,
    requestMs: settings.REQUEST_SECONDS * 1000,
    socketsPerSession: settings.SESSION_SOCKETS,
    eventsPerSecond: settings.SOCKET_EVENTS,
    socketBufferBytes: settings.SOCKET_BUFFER_KB * 1024,
    apiRefusals: settings.API_REFUSALS,
  }
}

/** What holds when an operator sets nothing. */
export const USUAL_LIMITS: Limits = readLimits(z.object(limitSettings).parse({}))
