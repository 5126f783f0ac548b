import type { RequestHandler } from 'express'

/** Bytes of a posted form. */
const FORM_BYTES = 256 * 1024

/** Remix reads bodies without a limit, so their announced length is checked before; Node holds a client to its word. */
export const limitForms: RequestHandler = (request, response, next) => {
  const announced = request.headers['content-length']
  if (request.headers['transfer-encoding'] === undefined && Number(announced ?? 0) <= FORM_BYTES) return next()
  const status = announced === undefined ? 411 : 413
  response
    .status(status)
    .set('Connection', 'close')
    .type('application/problem+json')
    .send(JSON.stringify({ status, code: 'too-large' }))
}
