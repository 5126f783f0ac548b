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
  if (!originalUrl.startsWith('/') || !URL.canParse(origin + originalUrl)) return false
  const { pathname, searchParams } = new URL(origin + originalUrl)
  try {
    decodeURIComponent(pathname)
    // How an older Remix asked for data: no page of ours does, and Remix writes each into the log.
    return !searchParams.has('_data')
  } catch {
    return false
  }
}
