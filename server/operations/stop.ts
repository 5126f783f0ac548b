import type { Server } from 'node:http'
import type { Database } from '#server/database/database.ts'

/** What is still running after this is cut off; a supervisor would do it with less care. */
const GRACE_MS = 8_000

/** SIGTERM or SIGINT: no new work, finish what runs, close the database, leave. */
export function stopOnSignal(http: Server, gateway: { close(): Promise<void> }, database: Database): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    // socket.io closes the web server with its own; what hangs on keep-alive goes with it.
    await gateway.close()
    http.closeAllConnections()
    await database.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
