import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Request, type RequestHandler, type Response } from 'express'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { type Config, isLoopback } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import { assets } from './assets.ts'
import { limitForms } from './bodyLimit.ts'
import { bootDocument } from './boot.ts'
import { nonceOf, pagePolicy } from './headers.ts'
import { toLocalhost } from './oneOrigin.ts'
import { readableRequests } from './readable.ts'
import { refuseOtherSites } from './sameSite.ts'
import { NDJSON, snapshots } from './snapshots.ts'

export interface PagesOptions {
  config: Pick<Config, 'origin' | 'timeZone' | 'limits'>
  services: Services
  /** Who the request's cookie says it is; it may renew the cookie on the response. */
  accountOf(request: Request, response: Response): Promise<SignedInAccount | null>
  /** A defect in a page, for the log; never an expected failure. */
  report(error: unknown, requestId: string): void
  /** The folder with `client/` and `server/` of the Remix build. */
  buildFolder?: string
}

/** All that is not an API: to be mounted after the API's own routes, because the last handler answers everything. */
export function pages({ config, services, accountOf, report, buildFolder = 'build' }: PagesOptions): RequestHandler[] {
  const { origin, timeZone, limits } = config
  const shared = { services, config: { origin, timeZone, linksOnlyHere: isLoopback(new URL(origin).hostname) } }
  const nobody: AppLoadContext = {
    ...shared,
    account: null,
    ip: '',
    requestId: 'boot',
    nonce: '',
    report: (error) => report(error, 'boot'),
  }
  const build = once(() => import(pathToFileURL(join(buildFolder, 'server', 'index.js')).href) as Promise<ServerBuild>)
  const client = join(buildFolder, 'client')
  const [hashed, others] = assets(client) as [RequestHandler, RequestHandler]

  return [
    pagePolicy(origin),
    toLocalhost(origin),
    readableRequests(origin),
    compression({ filter: (request, response) => response.getHeader('Content-Type') === NDJSON || compression.filter(request, response) }),
    snapshots({ services, accountOf, report }),
    express.Router().use('/assets', hashed, missing),
    others,
    bootDocument(build, nobody, origin),
    keepOutOfCaches,
    limitForms(limits.bodyBytes),
    refuseOtherSites(origin),
    createRequestHandler({
      build,
      mode: 'production',
      getLoadContext: async (request, response) => {
        const requestId = String(response.locals.requestId ?? randomUUID())
        return {
          ...shared,
          account: await accountOf(request, response),
          ip: request.ip ?? '',
          requestId,
          nonce: nonceOf(response),
          report: (error: unknown) => report(error, requestId),
        }
      },
    }),
  ]
}

/** An old page may ask for a file of an old build: that is not a page in words. */
const missing: RequestHandler = (_request, response) => {
  response.status(404).setHeader('Cache-Control', 'no-store').end()
}

const keepOutOfCaches: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store')
  next()
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load()
    return loaded
  }
}
