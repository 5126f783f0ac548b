import { createServer } from 'node:http'
import type { AnyRecord } from '#domain/collections.ts'
import { listen, type Pages, type PeerServer } from './web.ts'

/** Sends all documents as one plain JSON text that is made beforehand: no server can be quicker. */
export async function startRaw(records: readonly AnyRecord[], pages: Pages): Promise<PeerServer> {
  const body = Buffer.from(JSON.stringify(records))
  const http = createServer((request, response) => {
    if (request.url !== '/documents') return pages.answer(request, response)
    response.setHeader('Content-Type', 'application/json').setHeader('Content-Length', body.length).end(body)
  })
  const url = await listen(http)
  return {
    url,
    async close() {
      http.closeAllConnections()
      http.close()
    },
  }
}
