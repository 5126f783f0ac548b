import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionAnswer } from '#domain/accounts/account.ts'
import { type AnyRecord, collections } from '#domain/collections.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { toAnyRecord, writeRecord } from '#server/database/records.ts'
import { createLogger } from '#server/logger.ts'
import { createServices } from '#server/services.ts'
import { attachGateway } from '#server/sync/gateway.ts'
import { inventClients } from './clients.ts'
import { freePort, listen, type Pages, type PeerServer } from './web.ts'

export interface HimsServer extends PeerServer {
  /** The records as pull sends them: the others get the same. */
  records: AnyRecord[]
  session: SessionAnswer
  /** name=value */
  cookie: string
}

/** The real server on a real database file, with the set-up's account and N clients; only the pages are the bench's. */
export async function startHims(count: number, pages: Pages): Promise<HimsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-bench-'))
  const port = await freePort()
  const config = readConfig({ DATA_DIR: folder, PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` })
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  const token = (await services.accounts.setupLink())?.split('/').at(-1) ?? ''
  const person = { name: 'Bench', email: 'bench@example.org', password: 'lantern gravel seven orbit' }
  const { account, cookie } = await services.accounts.acceptInvitation(token, person, {})

  // Written directly: what is measured is the way down, and registering 10,000 people the long way takes minutes.
  const stored = await database.write(async (sql) => {
    const first = await takeNumbers(sql, count, [])
    const clients = inventClients(count, account.facilities[0] ?? '', first, account.id)
    for (const client of clients) await writeRecord(sql, collections.clients, client)
    return clients
  })

  const http = createServer(pages)
  const gateway = await attachGateway(http, services, config, createLogger('warn'))
  const url = await listen(http, port)
  return {
    url,
    records: stored.map(toAnyRecord),
    session: await services.accounts.sessionAnswer(account),
    cookie: cookie.split(';')[0] ?? '',
    async close() {
      await gateway.close()
      http.closeAllConnections()
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}
