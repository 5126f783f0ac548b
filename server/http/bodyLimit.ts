import type { RequestHandler } from 'express'

/** Bytes of a posted form. */
const FORM_BYTES = 256 * 1024
/** A file of unsent changes: some weeks of a tablet. The page asks who it is before it reads it. */
const FILE_BYTES = 32 * 1024 * 1024
const FILE_PAGES = ['/devices', '/devices.data']

/** Remix reads bodies without a limit, so their announced length is checked before; Node holds a client to its word. */
export const limitForms: RequestHandler = (request, response, next) => {
  const announced = request.headers['content-length']
  const limit = FILE_PAGES.includes(request.path) ? FILE_BYTES : FORM_BYTES
  if (request.headers['transfer-encoding'] === undefined && Number(announced ?? 0) <= limit) return next()
  const status = announced === undefined ? 411 : 413
  // Read and thrown away, for as long as a request may take: closing at once resets the connection, and the answer is lost with it.
  request.resume()
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, code: 'too-large' }))
}
