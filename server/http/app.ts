import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import express from 'express'
import { Refusal } from '#domain/problem.ts'
import { callerAddress } from '#server/caller.ts'
import type { Config } from '#server/config.ts'
import { readableCookies } from '#server/cookies.ts'
import type { Logger } from '#server/logger.ts'
import type { Dependencies, Services } from '#server/services.ts'
import { securityHeaders } from './headers.ts'
import { OPERATOR_PATHS, operatorRoutes } from './operators.ts'
import { pages } from './pages.ts'
import { type PartnerApi, partnerApi } from './partners.ts'

/** How late it may be noticed that a request does not arrive. */
const LOOK_MS = 2_000
/** Longer than a partner or a proxy keeps an idle connection: who closes first must not be us, while a request is on its way. */
const IDLE_MS = 65_000

export interface WebServer {
  http: Server
  partners: PartnerApi
}

/** The web server of one process: the partner API, health, and the pages. */
export function createServer(dependencies: Dependencies, services: Services, logger: Logger): WebServer {
  const { config } = dependencies
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    response.locals.requestId = randomUUID()
    // As sockets are read too; Express would take any word for an address.
    const ip = callerAddress(request.socket.remoteAddress ?? '', request.get('x-forwarded-for'), config.trustsProxy)
    Object.defineProperty(request, 'ip', { value: ip })
    request.headers.cookie = readableCookies(request.headers.cookie)
    next()
  })
  app.use(securityHeaders(config.origin))
  app.use(timed(services.metrics))
  app.use(operatorRoutes(services, config))
  app.use(
    pages({
      config,
      services,
      accountOf: (request) => services.accounts.session(request.headers.cookie ?? ''),
      report: (error, requestId) => logger.error({ err: error, requestId }, 'a page failed'),
    }),
  )
  app.use(lastResort(logger))
  const partners = partnerApi({
    ...dependencies,
    onAnswer: (status, ms) => services.metrics.request('partner', status, ms),
    onError: (error) => logger.error({ err: error }, 'the partner API failed'),
  })
  const http = listenable((request, response) => void (partners.handle(request, response) || app(request, response)), config)
  return { http, partners }
}

/** How long each answer took, by its kind and status. */
function timed({ request: note }: Services['metrics']): express.RequestHandler {
  return ({ path }, response, next) => {
    const began = performance.now()
    const kind = kindOf(path)
    response.once('finish', () => note(kind, response.statusCode, performance.now() - began))
    next()
  }
}

function kindOf(path: string): string {
  if (path.startsWith('/assets/')) return 'asset'
  if (path.startsWith('/sync/')) return 'snapshot'
  return OPERATOR_PATHS.includes(path) ? 'operator' : 'page'
}

function listenable(app: RequestListener, { tls, limits }: Config): Server {
  const options = {
    maxHeaderSize: limits.headerBytes,
    requestTimeout: limits.requestMs,
    headersTimeout: limits.requestMs,
    connectionsCheckingInterval: LOOK_MS,
    keepAliveTimeout: IDLE_MS,
  }
  if (tls === null) return createHttpServer(options, app)
  return createHttpsServer({ ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, app)
}

/** Whatever reaches this was thrown outside a page: words for the person, the cause for the log. */
function lastResort(logger: Logger): express.ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const status = error instanceof Refusal ? 503 : ((error as { status?: number }).status ?? 500)
    if (status >= 500) logger.error({ err: error, requestId: response.locals.requestId }, 'a request failed')
    if (response.headersSent) return response.destroy()
    response
      .status(status)
      .setHeader('Cache-Control', 'no-store')
      .type('text/plain')
      .send(status >= 500 ? 'The server cannot answer this now. Try again in a moment.' : 'This request could not be read.')
  }
}
