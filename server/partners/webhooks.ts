import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { isAllowedHost, readWebhookUrl, type WebhookDelivery, type WebhookMessage, type WebhookView } from '#domain/partners/webhook.ts'
import { refuse } from '#domain/problem.ts'
import { accountEvent } from '#server/accounts/requestMeta.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { Actor } from './applications.ts'
import { seal, unseal } from './seal.ts'

/** After each attempt that failed, ms; after the last of them it is given up: a day and a half in all. */
const WAITS_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 4 * 3_600_000, 10 * 3_600_000, 20 * 3_600_000]
const ANSWER_MS = 10_000
/** More changes within this are told of together. */
const AT_MOST_EVERY_MS = 2_000
const SHOWN = 20
/** Those that went well; what was given up stays until somebody has seen to it. */
const KEPT = 50

interface Target {
  applicationId: string
  url: string
  sealedSecret: string
  epoch: string
  toldSeq: number
}

/** Tells applications that something has changed. One process at a time delivers (`database.alone`). */
export function createWebhooks(dependencies: Dependencies) {
  const { config, database, now } = dependencies

  async function noted<T>(id: string, actor: Actor, work: (sql: Sql) => Promise<T>): Promise<T> {
    return database.write(async (sql) => {
      const result = await work(sql)
      const by = { actorId: actor.accountId ?? undefined, subject: id }
      await audit(sql, accountEvent(now(), 'application.webhook', 'success', actor, by))
      return result
    })
  }

  /** What waits and is due, else a new one when something has moved since; null when there is nothing to send now. */
  async function dueOf(target: Target): Promise<WebhookDelivery | null> {
    const waiting = await database.read.get<WebhookDelivery>(
      `SELECT id, "createdAt", state, attempts, "nextAt", answer FROM "WebhookDelivery" WHERE "applicationId" = ? AND state = 'waiting'`,
      target.applicationId,
    )
    if (waiting) return waiting.nextAt <= now() ? waiting : null
    if (!(await hasMoved(database.read, target))) return null
    const last = await database.read.get<{ at: number | null }>(
      'SELECT MAX("createdAt") AS at FROM "WebhookDelivery" WHERE "applicationId" = ?',
      target.applicationId,
    )
    return now() - Number(last?.at ?? 0) < AT_MOST_EVERY_MS ? null : begin(target)
  }

  async function begin({ applicationId }: Target): Promise<WebhookDelivery> {
    const delivery: WebhookDelivery = {
      id: `msg_${randomUUID()}`,
      createdAt: now(),
      state: 'waiting',
      attempts: 0,
      nextAt: now(),
      answer: null,
    }
    await database.write(async (sql) => {
      await insert(sql, applicationId, delivery)
      await sql.run(
        `UPDATE "Webhook" SET epoch = (SELECT epoch FROM "Tail" WHERE id = 1), "toldSeq" = (SELECT seq FROM "Tail" WHERE id = 1)
         WHERE "applicationId" = ?`,
        applicationId,
      )
    })
    return delivery
  }

  async function attempt({ applicationId, url, sealedSecret }: Target, delivery: WebhookDelivery): Promise<void> {
    const secret = unseal(sealedSecret, config.secret, applicationId)
    const answer = secret === null ? 'secret' : await send(url, secret, delivery)
    const attempts = delivery.attempts + 1
    const wait = WAITS_MS[attempts - 1]
    const state = /^2\d\d$/.test(answer) ? 'delivered' : wait === undefined ? 'dead' : 'waiting'
    await database.write(async (sql) => {
      await sql.run(
        'UPDATE "WebhookDelivery" SET state = ?, attempts = ?, "nextAt" = ?, answer = ? WHERE id = ?',
        state,
        attempts,
        now() + (wait ?? 0),
        answer,
        delivery.id,
      )
      if (state === 'delivered') await forgetOld(sql, applicationId)
    })
  }

  async function send(address: string, secret: string, { id, createdAt }: WebhookDelivery): Promise<string> {
    const url = readWebhookUrl(address)
    // The operator may have taken the host from the list since.
    if (url === null || !isAllowedHost(url, config.webhookHosts)) return 'refused-host'
    const message: WebhookMessage = { type: 'changes.available', timestamp: new Date(createdAt).toISOString(), data: {} }
    const body = JSON.stringify(message)
    const at = Math.floor(now() / 1000)
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'HIMS',
          'webhook-id': id,
          'webhook-timestamp': String(at),
          'webhook-signature': signatureOf(secret, id, at, body),
        },
        body,
      })
      await response.body?.cancel()
      return String(response.status)
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable'
    }
  }

  return {
    /** Hosts that an operator has allowed. */
    hosts: (): readonly string[] => config.webhookHosts,

    async of(applicationId: string): Promise<WebhookView | null> {
      const webhook = await database.read.get<{ url: string; createdAt: number }>(
        'SELECT url, "createdAt" FROM "Webhook" WHERE "applicationId" = ?',
        applicationId,
      )
      if (webhook === undefined) return null
      const deliveries = await database.read.all<WebhookDelivery>(
        `SELECT id, "createdAt", state, attempts, "nextAt", answer FROM "WebhookDelivery" WHERE "applicationId" = ?
         ORDER BY CASE state WHEN 'dead' THEN 0 ELSE 1 END, "createdAt" DESC, id LIMIT ?`,
        applicationId,
        SHOWN,
      )
      return { ...webhook, deliveries }
    },

    /**
     * From now on, at this address, with a new secret, which is shown this once. Refuses `not-found`, and `invalid` for an
     * address that is none or whose host the operator has not allowed.
     */
    async set(applicationId: string, address: string, actor: Actor): Promise<{ secret: string }> {
      const url = readWebhookUrl(address)
      if (url === null || !isAllowedHost(url, config.webhookHosts)) refuse('invalid', 'the address is not allowed')
      const secret = `whsec_${randomBytes(32).toString('base64')}`
      await noted(applicationId, actor, async (sql) => {
        if ((await sql.get('SELECT id FROM "Application" WHERE id = ?', applicationId)) === undefined) refuse('not-found')
        await sql.run('DELETE FROM "WebhookDelivery" WHERE "applicationId" = ?', applicationId)
        await sql.run('DELETE FROM "Webhook" WHERE "applicationId" = ?', applicationId)
        await sql.run(
          `INSERT INTO "Webhook" ("applicationId", url, "sealedSecret", "createdAt", epoch, "toldSeq")
           VALUES (?, ?, ?, ?, (SELECT epoch FROM "Tail" WHERE id = 1), (SELECT seq FROM "Tail" WHERE id = 1))`,
          applicationId,
          url.href,
          seal(secret, config.secret, applicationId),
          now(),
        )
      })
      return { secret }
    },

    /** Refuses `not-found`. */
    remove: (applicationId: string, actor: Actor): Promise<void> =>
      noted(applicationId, actor, async (sql) => {
        await sql.run('DELETE FROM "WebhookDelivery" WHERE "applicationId" = ?', applicationId)
        if ((await sql.run('DELETE FROM "Webhook" WHERE "applicationId" = ?', applicationId)) === 0) refuse('not-found')
      }),

    /** One that was given up is tried again, from the beginning. Refuses `not-found`. */
    sendAgain: (applicationId: string, deliveryId: string, actor: Actor): Promise<void> =>
      noted(applicationId, actor, async (sql) => {
        const again = `UPDATE "WebhookDelivery" SET state = 'waiting', attempts = 0, "nextAt" = ? WHERE id = ? AND "applicationId" = ? AND state = 'dead'`
        if ((await sql.run(again, now(), deliveryId, applicationId)) === 0) refuse('not-found')
      }),

    /** Whatever is due, to every application at once. To be called every second. */
    async deliver(): Promise<void> {
      const targets = await database.read.all<Target>(
        `SELECT w."applicationId", w.url, w."sealedSecret", w.epoch, w."toldSeq" FROM "Webhook" w
         JOIN "Application" a ON a.id = w."applicationId" WHERE a."disabledAt" IS NULL`,
      )
      await Promise.all(
        targets.map(async (target) => {
          const delivery = await dueOf(target)
          if (delivery) await attempt(target, delivery)
        }),
      )
    },
  }
}

export type Webhooks = ReturnType<typeof createWebhooks>

/** Of a client or an enrollment; also when the server was put back: then the cursor is none any more. */
async function hasMoved(sql: Sql, { epoch, toldSeq }: Target): Promise<boolean> {
  const tail = await sql.get<{ epoch: string; seq: number }>('SELECT epoch, seq FROM "Tail" WHERE id = 1')
  if (tail?.epoch !== epoch) return true
  if (tail.seq <= toldSeq) return false
  for (const table of ['Client', 'Enrollment']) {
    if (await sql.get(`SELECT seq FROM "${table}" WHERE seq > ? ORDER BY seq LIMIT 1`, toldSeq)) return true
  }
  return false
}

async function insert(sql: Sql, applicationId: string, { id, createdAt, state, attempts, nextAt }: WebhookDelivery): Promise<void> {
  await sql.run(
    'INSERT INTO "WebhookDelivery" (id, "applicationId", "createdAt", state, attempts, "nextAt") VALUES (?, ?, ?, ?, ?, ?)',
    id,
    applicationId,
    createdAt,
    state,
    attempts,
    nextAt,
  )
}

async function forgetOld(sql: Sql, applicationId: string): Promise<void> {
  await sql.run(
    `DELETE FROM "WebhookDelivery" WHERE "applicationId" = ? AND state = 'delivered' AND id NOT IN (
       SELECT id FROM "WebhookDelivery" WHERE "applicationId" = ? AND state = 'delivered' ORDER BY "createdAt" DESC, id LIMIT ?)`,
    applicationId,
    applicationId,
    KEPT,
  )
}

/** https://www.standardwebhooks.com: the id, the second and the body, under the bytes behind `whsec_`. */
function signatureOf(secret: string, id: string, at: number, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
}
