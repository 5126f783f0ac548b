import { randomUUID } from 'node:crypto'
import type { AuditAction } from '#domain/audit/event.ts'
import {
  ACTIVE_SECRETS,
  type ApplicationSettings,
  applicationSettings,
  type Credentials,
  type NewApplication,
} from '#domain/partners/application.ts'
import { refuse } from '#domain/problem.ts'
import { accountEvent, type RequestMeta } from '#server/accounts/requestMeta.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Dependencies } from '#server/services.ts'
import { listApplications, listPrograms } from './list.ts'
import { newClientId, newSecret, secretHash } from './secrets.ts'

/** Who manages applications and from where; no account on the command line. */
export interface Actor extends RequestMeta {
  accountId: string | null
}

export function createApplications(dependencies: Dependencies) {
  const { database, now } = dependencies

  /** One change of one application, with its audit event in the same transaction. */
  const change = (id: string, action: AuditAction, actor: Actor, work: (prisma: PrismaTransaction) => Promise<unknown>) =>
    database.writePrisma(async (prisma, sql) => {
      await work(prisma)
      await audit(sql, accountEvent(now(), action, 'success', actor, { actorId: actor.accountId ?? undefined, subject: id }))
    })

  return {
    list: async () => (await listApplications(dependencies)).map(({ application }) => application),

    /** Null for an id of none. */
    get: async (id: string) => (await listApplications(dependencies, id))[0] ?? null,

    programs: () => listPrograms(database.read),

    async create(application: NewApplication, actor: Actor): Promise<Credentials> {
      const settings = columnsOf(applicationSettings.parse(application))
      const credentials = { clientId: newClientId(), clientSecret: newSecret() }
      const row = {
        id: credentials.clientId,
        ...settings,
        createdBy: actor.accountId ?? 'operator',
        createdAt: new Date(now()),
        secrets: { create: newSecretRow(credentials.clientSecret, now()) },
      }
      await change(row.id, 'application.created', actor, (prisma) => prisma.application.create({ data: row }))
      return credentials
    },

    /** What it may do from now on; its secrets stay. Refuses `not-found`. */
    change: (id: string, settings: NewApplication, actor: Actor) =>
      change(id, 'application.changed', actor, (prisma) => update(prisma, id, columnsOf(applicationSettings.parse(settings)))),

    /** The tokens it has are refused from now on; it may get new ones. Refuses `not-found`. */
    endTokens: (id: string, actor: Actor) =>
      // Tokens say in which second they were made: those of this one are ended too.
      change(id, 'application.tokens-ended', actor, (prisma) =>
        update(prisma, id, { tokensFrom: BigInt(Math.floor(now() / 1000) * 1000 + 1000) }),
      ),

    /** Its tokens and secrets are refused from now on. Refuses `not-found`. */
    disable: (id: string, actor: Actor) =>
      change(id, 'application.disabled', actor, (prisma) => update(prisma, id, { disabledAt: new Date(now()) })),

    enable: (id: string, actor: Actor) => change(id, 'application.enabled', actor, (prisma) => update(prisma, id, { disabledAt: null })),

    /** Refuses `not-found`, and `invalid` while two secrets are active. */
    async addSecret(id: string, actor: Actor): Promise<Credentials> {
      const clientSecret = newSecret()
      await change(id, 'application.secret', actor, async (prisma) => {
        if ((await prisma.application.count({ where: { id } })) === 0) refuse('not-found')
        const active = await prisma.applicationSecret.count({ where: { applicationId: id, revokedAt: null } })
        if (active >= ACTIVE_SECRETS) refuse('invalid', 'two secrets are active: revoke one first')
        await prisma.applicationSecret.create({ data: { applicationId: id, ...newSecretRow(clientSecret, now()) } })
      })
      return { clientId: id, clientSecret }
    },

    /** No new token is given for the secret; those it gave live out their hour unless the application is disabled. */
    revokeSecret: (id: string, secretId: string, actor: Actor) =>
      change(id, 'application.secret', actor, async (prisma) => {
        const where = { id: secretId, applicationId: id, revokedAt: null }
        const { count } = await prisma.applicationSecret.updateMany({ where, data: { revokedAt: new Date(now()) } })
        if (count === 0) refuse('not-found')
      }),
  }
}

export type Applications = ReturnType<typeof createApplications>

function newSecretRow(secret: string, at: number) {
  return { id: randomUUID(), secretHash: secretHash(secret), createdAt: new Date(at) }
}

function columnsOf({ scopes, programs, facilities, ...others }: ApplicationSettings) {
  return {
    ...others,
    scopes: scopes.join(' '),
    programs: programs === 'all' ? '' : programs.join(' '),
    allPrograms: programs === 'all',
    facilities: facilities === 'all' ? '' : facilities.join(' '),
    allFacilities: facilities === 'all',
  }
}

type Columns = Parameters<PrismaTransaction['application']['updateMany']>[0]['data']

async function update(prisma: PrismaTransaction, id: string, data: Columns): Promise<void> {
  const { count } = await prisma.application.updateMany({ where: { id }, data })
  if (count === 0) refuse('not-found')
}
