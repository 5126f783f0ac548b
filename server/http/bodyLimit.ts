import type { Request, RequestHandler, Response } from 'express'
import type { ProblemCode } from '#domain/problem.ts'

const MB = 1024 * 1024
/**
 * Pages that take files, and the most of one, in bytes: some weeks of a tablet's unsent changes; the people of a district.
 * Each page asks who it is before it reads any of it.
 */
const FILE_PAGES: ReadonlyMap<string, number> = new Map([
  ['/devices', 32 * MB],
  ['/exchange', 200 * MB],
])

/** Remix reads bodies without a limit, so their announced length is checked before; Node holds a client to its word. */
export function limitForms(formBytes: number): RequestHandler {
  return (request, response, next) => {
    const announced = request.headers['content-length']
    const limit = fileBytesOf(request) ?? formBytes
    if (request.headers['transfer-encoding'] !== undefined) return refuse(request, response, announced === undefined ? 411 : 413)
    if (Number(announced ?? 0) > limit) return refuse(request, response, 413)
    if (request.method === 'POST' && !isForm(request)) return refuse(request, response, 415)
    next()
  }
}

/** A file comes in parts, everything else as one line of text: what nobody sends needs no reader. */
function isForm(request: Request): boolean {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/x-www-form-urlencoded' || (type === 'multipart/form-data' && fileBytesOf(request) !== undefined)
}

function fileBytesOf({ path }: Request): number | undefined {
  return FILE_PAGES.get(path.replace(/\.data$/, ''))
}

const CODES: Record<number, ProblemCode> = { 411: 'too-large', 413: 'too-large', 415: 'invalid' }

function refuse(request: Request, response: Response, status: number): void {
  // Read and thrown away, for as long as a request may take: closing at once resets the connection, and the answer is lost with it.
  request.resume()
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, code: CODES[status] }))
}
