import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AuditAction, AuditEntry } from '#domain/audit/event.ts'
import { createAuditGroup } from '#server/audit/group.ts'
import { callerAddress } from '#server/caller.ts'
import { NO_STORE, problem, type Reply } from '#server/partners/reply.ts'
import type { Dependencies } from '#server/services.ts'
import { headersOfAnswers } from './headers.ts'
import { type PartnerRequest, type PartnerRoute, single } from './partnerRoute.ts'
import { partnerRoutes } from './partnerRoutes.ts'
import { createRefusals } from './refusals.ts'

export interface PartnerApiSettings extends Dependencies {
  /** Told of what should not happen: a request that failed without a reason of its own, a log that cannot be written. */
  onError(error: unknown): void
  /** Told of each answer and how long it took, ms. */
  onAnswer?(status: number, ms: number): void
}

export interface PartnerApi {
  /** @returns false for an address that is none of the API's: nothing was done with the request */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Writes down what was only counted so far. */
  close(): Promise<void>
}

/**
 * The REST API of partner applications, in front of Express, which would cost as much as the answer (bench:partners).
 * Reads no cookie and never redirects; each answer waits for its audit event.
 */
export function partnerApi(settings: PartnerApiSettings): PartnerApi {
  const { config, now, onError } = settings
  const routes = partnerRoutes(settings)
  const record = createAuditGroup(settings.database)
  const refusals = createRefusals({ record, now, onError, free: config.limits.apiRefusals })
  const shared = { ...headersOfAnswers(config.origin), 'X-Content-Type-Options': 'nosniff' }

  async function answer(route: PartnerRoute, request: PartnerRequest): Promise<Reply> {
    const at = now()
    const reply = await decide(route, request).catch(failed)
    if (route.action === null) return reply
    const entry = auditEntry(route.action, route, request, reply, at)
    // Whoever floods the API with refusals would flood the log: beyond so many of one address in a minute they are counted.
    if (reply.status === 401 && !refusals.isWorthARow(request.ip)) return reply
    await Promise.all([record(entry), ...(reply.told ?? []).map((subject) => record(toldEntry(entry, subject)))])
    return reply
  }

  function failed(error: unknown): Reply {
    onError(error)
    return unavailable
  }

  return {
    handle(request, response) {
      const { path, query } = addressOf(request.url ?? '')
      if (!isOurs(path)) return false
      for (const route of routes) {
        const match = route.path.exec(path)
        if (match === null) continue
        const ip = callerAddress(request.socket.remoteAddress ?? '', single(request.headers['x-forwarded-for']), config.trustsProxy)
        const asked = { request, ip, query, id: decoded(match[1]), requestId: randomUUID() }
        const began = performance.now()
        void answer(route, asked)
          .catch(failed)
          .then((reply) => {
            settings.onAnswer?.(reply.status, performance.now() - began)
            return send(response, reply, { ...shared, 'X-Request-Id': asked.requestId }, request.method === 'HEAD')
          })
          .catch((error: unknown) => {
            onError(error)
            response.destroy()
          })
        return true
      }
      return false
    },
    close: () => refusals.close(),
  }
}

const unavailable = problem(503, 'The server cannot answer now. Try again in a moment.', { 'Retry-After': '5' })

async function decide(route: PartnerRoute, asked: PartnerRequest): Promise<Reply> {
  const method = asked.request.method ?? ''
  if (route.methods.includes(method)) return route.answer(asked)
  const headers = { Allow: [...route.methods, 'OPTIONS'].join(', ') }
  if (method === 'OPTIONS') return { status: 204, headers: { ...headers, ...NO_STORE }, body: '' }
  return problem(405, `Use ${route.methods.join(' or ')}.`, headers)
}

function auditEntry(
  action: AuditAction,
  { pattern }: PartnerRoute,
  { request, ip, requestId }: PartnerRequest,
  reply: Reply,
  at: number,
): AuditEntry {
  const { status, applicationId, subject } = reply
  const outcome = status < 400 ? 'success' : 'failure'
  return { at, action, outcome, applicationId, ip, route: `${request.method} ${pattern}`, status, subject, requestId }
}

/** Each client whose data went out has a row of their own: they, and an auditor, ask by client. */
function toldEntry({ at, applicationId, ip, route, requestId }: AuditEntry, subject: string): AuditEntry {
  return { at, action: 'partner.client-told', outcome: 'success', applicationId, ip, route, subject, requestId }
}

function isOurs(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/.well-known/') || path.startsWith('/fhir')
}

/** The path and the query of a request line; its absolute form (RFC 9112 section 3.2.2) names a host besides. */
function addressOf(target: string): { path: string; query: string } {
  const address = target.replace(/^https?:\/\/[^/?#]*/i, '')
  const mark = address.indexOf('?')
  return mark === -1 ? { path: address, query: '' } : { path: address.slice(0, mark), query: address.slice(mark + 1) }
}

/** An id that is no text, such as `%E0%A4`, is the id of nobody. */
function decoded(segment = ''): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** To the byte: nothing adds a charset or an ETag. */
function send(
  response: ServerResponse,
  { status, headers, body, stream }: Reply,
  shared: Readonly<Record<string, string>>,
  isHead: boolean,
): void | Promise<void> {
  if (stream === undefined) {
    const length = status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    response.writeHead(status, { ...shared, ...headers, ...length }).end(body)
    return
  }
  response.writeHead(status, { ...shared, ...headers })
  // Nobody is walked through for an answer without a body.
  if (!isHead) return sendStream(response, stream)
  response.end()
}

async function sendStream(response: ServerResponse, texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) {
    if (response.destroyed) return
    if (!response.write(text)) await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end()
}
