import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import express from 'express'
import type { AuditAction } from '#domain/audit/event.ts'
import { createAuditGroup } from '#server/audit/group.ts'
import { NO_STORE, problem, type Reply } from '#server/partners/reply.ts'
import type { Dependencies } from '#server/services.ts'
import { type PartnerRoute, partnerRoutes } from './partnerRoutes.ts'

export interface PartnerApiSettings extends Dependencies {
  /** Told of what should not happen: a request that failed without a reason of its own, a log that cannot be written. */
  onError(error: unknown): void
}

/** The REST API of partner applications. Reads no cookie and never redirects; each answer waits for its audit event. */
export function partnerApi(settings: PartnerApiSettings): express.Router {
  const routes = partnerRoutes(settings)
  const record = createAuditGroup(settings.database)
  const { now, onError } = settings

  async function answer(route: PartnerRoute, request: express.Request, segment: string): Promise<Reply> {
    const at = now()
    const reply = await decide(route, request, segment).catch(failed)
    if (route.action !== null) await record(auditEntry(route.action, route, request, reply, at))
    return reply
  }

  function failed(error: unknown): Reply {
    onError(error)
    return unavailable
  }

  const router = express.Router()
  router.use((request, response, next) => {
    for (const route of routes) {
      const match = route.path.exec(request.path)
      if (match === null) continue
      void answer(route, request, decoded(match[1]))
        .catch(failed)
        .then((reply) => send(response, reply))
      return
    }
    next()
  })
  return router
}

const unavailable = problem(503, 'The server cannot answer now. Try again in a moment.', { 'Retry-After': '5' })

async function decide(route: PartnerRoute, request: express.Request, segment: string): Promise<Reply> {
  if (route.methods.includes(request.method)) return route.answer(request, segment)
  const headers = { Allow: [...route.methods, 'OPTIONS'].join(', ') }
  if (request.method === 'OPTIONS') return { status: 204, headers: { ...headers, ...NO_STORE }, body: '' }
  return problem(405, `Use ${route.methods.join(' or ')}.`, headers)
}

function auditEntry(action: AuditAction, { pattern }: PartnerRoute, request: express.Request, reply: Reply, at: number) {
  const { status, applicationId, subject } = reply
  const requestId = String(request.res?.locals.requestId ?? randomUUID())
  const outcome = status < 400 ? ('success' as const) : ('failure' as const)
  const route = `${request.method} ${pattern}`
  return { at, action, outcome, applicationId, ip: request.ip, route, status, subject, requestId }
}

/** An id that is no text, such as `%E0%A4`, is the id of nobody. */
function decoded(segment = ''): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** Not through Express, which would add a charset and an ETag to what is kept to the byte. */
function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const length = status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  response.writeHead(status, { ...headers, ...length, 'X-Content-Type-Options': 'nosniff' }).end(body)
}
