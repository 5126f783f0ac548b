import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionAnswer } from '#domain/accounts/account.ts'
import { type AnyRecord, collections } from '#domain/collections.ts'
import { takeNumbers } from '#server/audit/audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { toAnyRecord, writeRecord } from '#server/database/records.ts'
import { createServer } from '#server/http/app.ts'
import { createLogger } from '#server/logger.ts'
import { createServices } from '#server/services.ts'
import { attachGateway } from '#server/sync/gateway.ts'
import { noteInManifest } from '#server/sync/manifest.ts'
import { inventClients } from './clients.ts'
import { freePort, listen, type Pages, type PeerServer } from './web.ts'
import { WireMeter } from './wireMeter.ts'

export interface HimsServer extends PeerServer {
  /** The records as pull sends them: the others get the same. */
  records: AnyRecord[]
  session: SessionAnswer
  /** name=value */
  cookie: string
  wire: WireMeter
}

export const BENCH_PERSON = { name: 'Bench', email: 'bench@example.org', password: 'lantern gravel seven orbit' }

/** The real server on a real database file, with the set-up's account and N clients; only the bench's own pages are added. */
export async function startHims(count: number, pages: Pages): Promise<HimsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hims-bench-'))
  const port = await freePort()
  const config = readConfig({ DATA_DIR: folder, PORT: String(port), ORIGIN: `http://127.0.0.1:${port}` })
  const database = await openDatabase(config.databaseUrl)
  const services = createServices(config, database)
  const token = (await services.accounts.setupLink())?.split('/').at(-1) ?? ''
  const { account, cookie } = await services.accounts.acceptInvitation(token, BENCH_PERSON, {})

  // Written directly: what is measured is the way down, and registering 100,000 people the long way takes minutes.
  const stored = await database.write(async (sql) => {
    const first = await takeNumbers(sql, count, [])
    const clients = inventClients(count, account.facilities[0] ?? '', first, account.id)
    for (const client of clients) await writeRecord(sql, collections.clients, client)
    await noteInManifest(
      sql,
      clients.map((after) => ({ collection: collections.clients, before: null, after })),
    )
    return clients
  })

  const logger = createLogger('warn')
  const { http: real } = createServer({ config, database, now: Date.now }, services, logger)
  const wire = new WireMeter()
  const http = createHttpServer((request, response) => {
    if (pages.has(request.url)) return pages.answer(request, response)
    wire.answering(request, response)
    real.emit('request', request, response)
  })
  http.on('upgrade', (_request, socket) => wire.upgraded(socket as Socket))
  const gateway = await attachGateway(http, services, config, logger)
  const url = await listen(http, port)
  return {
    url,
    records: stored.map(toAnyRecord),
    session: await services.accounts.sessionAnswer(account),
    cookie: cookie.split(';')[0] ?? '',
    wire,
    async close() {
      await gateway.close()
      http.closeAllConnections()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
