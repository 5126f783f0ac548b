import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { SCOPES } from '#domain/partners/api.ts'
import { type Config, StartProblem } from '#server/config.ts'
import type { Services } from '#server/services.ts'
import type { Author } from '#server/sync/batch.ts'
import { saveFacility } from '#server/sync/facilities.ts'
import { createRecords, type Records } from '#server/sync/records.ts'
import { type DemoAccounts, makeAccounts, readDemoFile, writeDemoFile } from './demoAccounts.ts'
import { DEMO_FACILITIES } from './demoClinic.ts'
import { demoVisits, type Visit } from './demoVisits.ts'
import { changeOf } from './takePerson.ts'

export type { DemoAccounts }

/**
 * A small believable clinic for `DEMO=1`. Makes it once, and completes it when it was interrupted; after that it only
 * reads who can sign in. Throws `StartProblem` over a database with other data.
 */
export async function fillDemo(services: Services, config: Config): Promise<DemoAccounts> {
  const createdAt = await claimDatabase(services)
  const made = readDemoFile(config)
  if (made) return made
  await makeFacilities(services, createdAt)
  const accounts = await makeAccounts(services, config)
  await writeVisits(services, config, createdAt)
  const demo = { accounts, application: await makeApplication(services) }
  writeDemoFile(config, demo)
  rmSync(join(config.dataDir, 'demo-accounts.json'), { force: true })
  return demo
}

/** Marks an empty database as the demo's. @returns when it was made (UTC ms), which the invented dates count back from */
async function claimDatabase({ database }: Services): Promise<number> {
  return database.write(async (sql) => {
    const deployment = await sql.get<{ createdAt: number; demo: number }>('SELECT "createdAt", demo FROM "Deployment"')
    if (deployment === undefined) throw new Error('the Deployment row is missing')
    if (deployment.demo) return deployment.createdAt
    for (const table of ['Account', 'Client', 'Program', 'Facility', 'Application']) {
      if (await sql.get(`SELECT 1 AS found FROM "${table}" LIMIT 1`)) {
        throw new StartProblem(
          'DEMO=1 would put invented people among your own data: start without DEMO, or set DATA_DIR to an empty folder.',
        )
      }
    }
    const at = Date.now()
    await sql.run('UPDATE "Deployment" SET demo = ?, "createdAt" = ?', 1, at)
    return at
  })
}

async function makeFacilities({ database }: Services, at: number): Promise<void> {
  const known = new Set((await database.read.all<{ id: string }>('SELECT id FROM "Facility"')).map(({ id }) => id))
  for (const { id, ...values } of DEMO_FACILITIES) {
    if (!known.has(id)) await database.write((sql) => saveFacility(sql, id, values, { at, actorId: 'demo' }))
  }
}

/** Through the one way of all changes, with a clock of its own that stands at each visit's time. */
async function writeVisits(services: Services, config: Config, until: number): Promise<void> {
  let clock = until
  const records: Records = createRecords({ config, database: services.database, now: () => clock })
  const doctors = (await services.accounts.list()).filter(({ roles }) => roles.includes('doctor'))
  const written = new Set(
    (await services.database.read.all<{ id: string }>(`SELECT DISTINCT "changeId" AS id FROM "Change"`)).map(({ id }) => id),
  )
  for (const visit of demoVisits(until, config.timeZone)) {
    if (written.has(visit.changeIds[0] ?? '')) continue
    clock = visit.at
    const doctor = doctors.find(({ facilities }) => facilities.includes(visit.facilityId))
    await records.apply(...changesOf(visit, doctor?.id ?? 'demo'))
  }
}

function changesOf({ at, drafts, changeIds }: Visit, accountId: string): Parameters<Records['apply']> {
  const author: Author = { accountId, deviceId: 'demo-tablet', facilities: 'all' }
  const changes = drafts.map((draft, index) => ({ ...changeOf(draft, index, author, at), changeId: changeIds[index] as string }))
  return [author, changes]
}

async function makeApplication({ applications }: Services): Promise<DemoAccounts['application']> {
  const made = await applications.create(
    { name: 'Demo partner', scopes: [...SCOPES], programs: 'all', purpose: 'To try the partner API', contact: 'Whoever runs this demo' },
    { accountId: null, route: 'demo' },
  )
  return { client_id: made.clientId, client_secret: made.clientSecret }
}
