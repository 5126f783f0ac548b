import { randomUUID } from 'node:crypto'
import type { Role } from '#domain/access/access.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import type { Administrator } from './access.ts'
import { resetLetter } from './letters.ts'
import type { Mail } from './mail.ts'
import type { PasswordCheck } from './passwordCheck.ts'
import { newToken, tokenHash } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { addCode, LINK_LIFE_MS, RECOVERY_LIFE_MS, REQUEST_LIFE_MS, type ResetKind } from './resetTable.ts'
import type { Throttle } from './throttle.ts'

/** Somebody who asked for a new password, as administrators see it. */
export interface OpenReset {
  id: string
  name: string
  email: string
  /** UTC ms */
  requestedAt: number
  mailed: boolean
}

interface Parts extends Dependencies {
  mail: Mail | null
  throttle: Throttle
  passwordCheck: PasswordCheck
}

/** The ways to a new password for somebody who has lost the old one; `resetEnd.ts` is where they end. */
export function createResets({ config, database, now, mail, throttle, passwordCheck }: Parts) {
  const sending = new Set<Promise<void>>()

  /** The same statements whether there is such an account or not. @returns whether there is */
  async function note(sql: Sql, email: string, accountId: string | undefined, token: string, meta: RequestMeta): Promise<void> {
    const at = now()
    const kind: ResetKind = 'request'
    const [hash, expiresAt] = mail === null ? [null, at + REQUEST_LIFE_MS] : [tokenHash(token), at + LINK_LIFE_MS]
    await sql.run(`DELETE FROM "PasswordReset" WHERE "accountId" = ? AND kind = ? AND "tokenHash" IS NULL`, accountId ?? '', kind)
    await sql.run(
      `INSERT INTO "PasswordReset" (id, "accountId", kind, "tokenHash", roles, "createdAt", "expiresAt")
       SELECT ?, id, ?, ?, '', ?, ? FROM "Account" WHERE email = ? AND "disabledAt" IS NULL`,
      randomUUID(),
      kind,
      hash,
      at,
      expiresAt,
      email,
    )
    const outcome = accountId === undefined ? 'failure' : 'success'
    await audit(sql, accountEvent(at, 'account.reset-requested', outcome, meta, { subject: accountId }))
  }

  /** After the answer: whether a mail is sent must not be heard in the time it takes. One that fails becomes a request to administrators. */
  async function post(send: Mail, email: string, accountId: string, token: string): Promise<void> {
    const sent = await send(resetLetter(email, `${config.origin}/reset/${token}`)).then(
      () => true,
      () => false,
    )
    await database.write(async (sql) => {
      const waits = 'UPDATE "PasswordReset" SET "tokenHash" = NULL, "expiresAt" = ? WHERE "tokenHash" = ? AND "usedAt" IS NULL'
      if (!sent) await sql.run(waits, now() + REQUEST_LIFE_MS, tokenHash(token))
      await audit(sql, accountEvent(now(), 'account.reset-mail', sent ? 'success' : 'failure', {}, { subject: accountId }))
    })
  }

  return {
    /** Whether people get their links by mail. */
    mails: mail !== null,

    /** Says nothing about whether the address has an account. Throws `Refusal('too-many')`. */
    async requestReset(email: string, meta: RequestMeta): Promise<void> {
      const stored = await database.read.get<{ id: string }>('SELECT id FROM "Account" WHERE email = ? AND "disabledAt" IS NULL', email)
      await throttle.count({ buckets: await passwordCheck.bucketsFor('reset', email, stored?.id, meta), meta, subject: stored?.id })
      const token = newToken()
      await database.write((sql) => note(sql, email, stored?.id, token, meta))
      if (mail === null || stored === undefined) return
      const posted = post(mail, email, stored.id, token).finally(() => sending.delete(posted))
      sending.add(posted)
    },

    /** Resolves when no mail is on its way. */
    async mailsSent(): Promise<void> {
      await Promise.all(sending)
    },

    /** Who waits for an administrator, the longest first. */
    async openResets(): Promise<OpenReset[]> {
      const open = await database.prisma.passwordReset.findMany({
        where: { kind: 'request', usedAt: null, expiresAt: { gt: now() } },
        include: { account: true },
        orderBy: { createdAt: 'asc' },
      })
      const rows = open.map(({ id, account, createdAt, tokenHash }) => ({ id, account, createdAt, mailed: tokenHash !== null }))
      return rows.map(({ id, account: { name, email }, createdAt, mailed }) => ({
        id,
        name,
        email,
        requestedAt: Number(createdAt),
        mailed,
      }))
    },

    /** A code to hand over; the person chooses the password. Throws `Refusal('not-found')`. */
    handOver: (id: string, by: Administrator): Promise<{ code: string; expiresAt: number; email: string }> =>
      database.writePrisma(async (prisma, sql) => {
        const where = { id, kind: 'request', usedAt: null, expiresAt: { gt: now() } }
        const open = await prisma.passwordReset.findFirst({ where, include: { account: true } })
        if (open === null) return refuse('not-found', 'no such request')
        const made = await addCode(prisma, open.accountId, now())
        await audit(sql, accountEvent(now(), 'account.reset-code', 'success', by, { actorId: by.accountId, subject: open.accountId }))
        return { ...made, email: open.account.email }
      }),

    /**
     * For whoever runs a command on the server itself: a link by which the person of the account chooses a password, is no
     * longer disabled, has these roles too, and no second factor. @returns null when the address has no account
     */
    recoveryLink: (email: string, roles: readonly Role[], meta: RequestMeta): Promise<{ link: string; expiresAt: number } | null> =>
      database.writePrisma(async (prisma, sql) => {
        const account = await prisma.account.findUnique({ where: { email } })
        if (account === null) return null
        const [token, expiresAt] = [newToken(), now() + RECOVERY_LIFE_MS]
        const row = { id: randomUUID(), accountId: account.id, kind: 'recovery' satisfies ResetKind, createdAt: now(), expiresAt }
        await prisma.passwordReset.deleteMany({ where: { accountId: account.id, kind: 'recovery', usedAt: null } })
        await prisma.passwordReset.create({ data: { ...row, tokenHash: tokenHash(token), roles: roles.join(' ') } })
        await audit(sql, accountEvent(now(), 'account.recovery-link', 'success', meta, { subject: account.id }))
        return { link: `${config.origin}/reset/${token}`, expiresAt }
      }),
  }
}
