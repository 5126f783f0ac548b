import type { IncomingMessage } from 'node:http'

/**
 * The body of a request. What comes after the limit (in bytes) is read and thrown away, else the next request on this
 * connection would wait behind it.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'broken-off'> {
  const chunks: Buffer[] = []
  let bytes = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limit) resolve('too-large')
      else chunks.push(chunk)
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', () => resolve('broken-off'))
  })
}
