import type { Server } from 'node:http'

/** What is still running after this is cut off; a supervisor would do it with less care. */
const GRACE_MS = 8_000
/** What a request in flight gets. Then connections are cut: browsers open some ahead and say nothing on them, and the web server would wait. */
const FINISH_MS = 1_500

interface Closing {
  close(): Promise<void>
}

/** SIGTERM or SIGINT: no new work, finish what runs, close the database, leave. */
export function stopOnSignal(http: Server, { gateway, partners, database }: Record<'gateway' | 'partners' | 'database', Closing>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    setTimeout(() => http.closeAllConnections(), FINISH_MS)
    // socket.io closes the web server with its own, and that waits for every connection.
    await gateway.close()
    await partners.close()
    await database.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
