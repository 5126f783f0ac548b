import { startSweeping } from '#server/accounts/sweep.ts'
import { fillDemo } from '#server/exchange/demo.ts'
import { startAuditChores } from './audit/chores.ts'
import { keptCheckpoint } from './audit/kept.ts'
import { readConfig, StartProblem } from './config.ts'
import { openDatabase } from './database/database.ts'
import { createServer } from './http/app.ts'
import { createLogger } from './logger.ts'
import { announce, say } from './operations/announce.ts'
import { startBackups } from './operations/backups.ts'
import { stopOnSignal } from './operations/stop.ts'
import { createSigningKeys } from './partners/keys.ts'
import { startWebhooks } from './partners/webhookChores.ts'
import { createServices, type Dependencies } from './services.ts'
import { startChores } from './sync/chores.ts'
import { attachGateway } from './sync/gateway.ts'

/** Connections that may wait for `accept`: a clinic's tablets come back all at once (measured in docs/decisions/0006). */
const BACKLOG = 4096

async function start(): Promise<void> {
  const config = readConfig()
  const logger = createLogger('warn')
  const database = await openDatabase(config.databaseUrl)
  const dependencies: Dependencies = { config, database, now: Date.now }
  const services = createServices(config, database)
  // Before anybody is served: a database that was put back may hold people who were erased.
  await services.records.eraseAgain()
  await services.statistics.ensure()
  // Opens the sealed key, or makes the first one: a wrong secret shows now and not at a partner's first request.
  await createSigningKeys(dependencies).current()
  await services.auditKeys.signer()
  await services.records.believeCheckpoint(keptCheckpoint(config.dataDir))
  const demo = config.demo ? await fillDemo(services, config) : null
  const { http, partners } = createServer(dependencies, services, logger)
  const gateway = await attachGateway(http, services, config, logger)
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(listenProblem(error, config.host, config.port)))
    http.listen({ port: config.port, host: config.host, backlog: BACKLOG }, resolve)
  })
  services.metrics.start({ connections: gateway.connections, isOver: services.load.isOver })
  startChores(services.records, logger)
  startAuditChores(services, logger)
  startBackups(config, database, logger)
  startSweeping(services.accounts, logger)
  if (config.webhookHosts.length > 0) startWebhooks(services.webhooks, database, logger)
  stopOnSignal(http, { health: services.health, gateway, partners, database, drainMs: config.drainMs })
  announce(config, await services.accounts.setupLink(), demo)
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new StartProblem(`Port ${port} is taken by another program: stop it, or set PORT to another number.`)
  if (error.code === 'EACCES') return new StartProblem(`Port ${port} may not be used by this account: set PORT to a number above 1023.`)
  if (error.code === 'EADDRNOTAVAIL') return new StartProblem(`This machine has no address ${host}: correct HOST.`)
  return error
}

start().catch((error) => {
  say(error instanceof StartProblem ? error.message : `HIMS could not start: ${error instanceof Error ? error.stack : error}`)
  process.exit(1)
})
