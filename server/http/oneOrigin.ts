import type { RequestHandler } from 'express'

const LOOPBACK = /^(127(\.\d+){3}|\[::1\])(:\d+)?$/

/**
 * A page opened at 127.0.0.1 would have a database and a service worker of its own beside localhost's; one address
 * serves them all. Never for API paths: a redirect turns a POST into a GET.
 */
export function toLocalhost(origin: string): RequestHandler {
  const local = new URL(origin).hostname === 'localhost'
  return (request, response, next) => {
    const page = ['GET', 'HEAD'].includes(request.method) && request.accepts('html') && !/^\/(api|socket|\.well-known)\//.test(request.path)
    if (!local || !page || !LOOPBACK.test(request.get('host') ?? '')) return next()
    response.setHeader('Cache-Control', 'no-store')
    response.redirect(302, origin + request.originalUrl)
  }
}
