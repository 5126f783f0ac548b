import type { Request, RequestHandler } from 'express'

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Writes that a cookie could authorise must come from our own pages. For cookie routes only: a partner's program
 * sends neither header and has no cookie.
 */
export function refuseOtherSites(origin: string): RequestHandler {
  return (request, response, next) => {
    if (READS.includes(request.method) || isOwn(request, origin)) {
      // Checked, and 'null' under our no-referrer policy: Remix would compare it with Host and answer 500.
      delete request.headers.origin
      return next()
    }
    response
      .status(403)
      .type('application/problem+json')
      .send(JSON.stringify({ status: 403, code: 'not-permitted' }))
  }
}

/** Sec-Fetch-Site cannot be set by a page, and is 'none' when a person typed the address. */
function isOwn(request: Request, origin: string): boolean {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return request.get('origin') === origin
}
