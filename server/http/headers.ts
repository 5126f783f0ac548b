import { randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'

const NONE = ["'none'"]
const SELF = ["'self'"]

/** The policy of a page whose inline scripts are named by `allowed` (a nonce or hashes). Nothing comes from elsewhere. */
export function contentSecurityPolicy(allowed: readonly string[], origin: string): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': NONE,
    'script-src': ["'self'", ...allowed],
    'style-src': SELF,
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': SELF,
    'connect-src': ["'self'", socketsOf(origin)],
    'manifest-src': SELF,
    'worker-src': SELF,
    'form-action': SELF,
    'base-uri': NONE,
    'object-src': NONE,
    'frame-ancestors': NONE,
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

/** Safari before 15.4 does not count the socket of one's own host as 'self'. */
function socketsOf(origin: string): string {
  return origin.replace(/^http/, 'ws')
}

const NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Headers of every answer, whoever gives it: an answer that is no page of ours may load and run nothing. */
export function securityHeaders(origin: string): RequestHandler[] {
  const secure = origin.startsWith('https:')
  return [
    helmet({
      contentSecurityPolicy: false,
      strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: false } : false,
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.setHeader('Content-Security-Policy', NOTHING_RUNS)
      response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()')
      next()
    },
  ]
}

/** The same as plain values, for what is answered without Express. */
export function headersOfAnswers(origin: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name] = value
    },
    removeHeader: (name: string) => {
      delete headers[name]
    },
  }
  for (const handler of securityHeaders(origin)) handler({} as Request, response as unknown as Response, () => undefined)
  return headers
}

/** The policy of our pages; `response.locals.nonce` is what their inline scripts carry. */
export function pagePolicy(origin: string): RequestHandler {
  return (_request, response, next) => {
    const nonce = randomBytes(16).toString('base64url')
    response.locals.nonce = nonce
    response.setHeader('Content-Security-Policy', contentSecurityPolicy([`'nonce-${nonce}'`], origin))
    next()
  }
}

export function nonceOf(response: Response): string {
  return String(response.locals.nonce)
}
