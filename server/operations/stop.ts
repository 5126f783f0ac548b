import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from './health.ts'

/** What is still running after this is cut off; a supervisor would do it with less care. */
const GRACE_MS = 8_000
/** What a request in flight gets. Then connections are cut: browsers open some ahead and say nothing on them, and the web server would wait. */
const FINISH_MS = 1_500

interface Closing {
  close(): Promise<void>
}

interface Stopping extends Record<'gateway' | 'partners' | 'database', Closing> {
  health: Pick<Health, 'stopping'>
  /** How long new work is still taken, for whoever has not heard yet that it goes elsewhere. */
  drainMs: number
}

/** SIGTERM or SIGINT: no new work, finish what runs, close the database, leave. */
export function stopOnSignal(http: Server, { health, gateway, partners, database, drainMs }: Stopping): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // A balancer that asks now sends nobody here any more.
    health.stopping()
    await sleep(drainMs)
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
