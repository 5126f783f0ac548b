import type { Server } from 'node:http'
import type { Database } from '#server/database/database.ts'

/** What is still running after this is cut off; a supervisor would do it with less care. */
const GRACE_MS = 8_000
/** What a request in flight gets. Then connections are cut: browsers open some ahead and say nothing on them, and the web server would wait. */
const FINISH_MS = 1_500

/** SIGTERM or SIGINT: no new work, finish what runs, close the database, leave. */
export function stopOnSignal(http: Server, gateway: { close(): Promise<void> }, database: Database): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    setTimeout(() => http.closeAllConnections(), FINISH_MS)
    // socket.io closes the web server with its own, and that waits for every connection.
    await gateway.close()
    await database.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
