import type { Request, RequestHandler } from 'express'

const METHODS = ['GET', 'HEAD', 'POST']

/**
 * What Remix can read: our own methods, and an address that is one. The pages' links and redirects never depend on who a
 * request says it was sent to, so its Host gives way to our own.
 */
export function readableRequests(origin: string): RequestHandler {
  const { host } = new URL(origin)
  return (request, response, next) => {
    if (!METHODS.includes(request.method)) {
      response.setHeader('Allow', METHODS.join(', '))
      return void response.status(405).setHeader('Cache-Control', 'no-store').end()
    }
    if (!isAddress(request, origin)) return void response.status(400).setHeader('Cache-Control', 'no-store').end()
    request.headers.host = host
    delete request.headers['x-forwarded-host']
    delete request.headers['x-forwarded-proto']
    next()
  }
}

function isAddress({ originalUrl }: Request, origin: string): boolean {
  return originalUrl.startsWith('/') && URL.canParse(origin + originalUrl)
}
