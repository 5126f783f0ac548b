import { createHash, timingSafeEqual } from 'node:crypto'
import express from 'express'
import type { Config } from '#server/config.ts'
import type { Services } from '#server/services.ts'

export const OPERATOR_PATHS: readonly string[] = ['/healthz', '/readyz', '/metrics']

/** What a supervisor, a balancer and a Prometheus ask. Nothing of it tells of anybody. */
export function operatorRoutes({ health, metrics }: Pick<Services, 'health' | 'metrics'>, { metricsToken }: Config): express.Router {
  const app = express.Router()
  app.use(OPERATOR_PATHS as string[], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  /** The process lives; whether it should be sent work says the next. */
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/readyz', async (_request, response) => {
    const readiness = await health.readiness()
    if (readiness === 'ready') response.json({ status: 'ready' })
    else response.status(503).setHeader('Retry-After', '5').json({ status: 'not-ready', reason: readiness })
  })
  app.get('/metrics', (request, response, next) => {
    // Without a token there is nothing here: the figures say how busy a clinic is.
    if (metricsToken === null) return void response.status(404).end()
    if (!isSame(request.get('authorization') ?? '', `Bearer ${metricsToken}`))
      return void response.status(401).setHeader('WWW-Authenticate', 'Bearer realm="hims-metrics"').end()
    metrics.registry
      .metrics()
      .then((text) => response.setHeader('Content-Type', metrics.registry.contentType).end(text))
      .catch(next)
  })
  return app
}

/** In a time that says nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
