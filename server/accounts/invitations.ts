import { randomUUID } from 'node:crypto'
import { type Role, readRoles } from '#domain/access/access.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Dependencies } from '#server/services.ts'
import { checkRoles, facilitiesToGive, type InvitationWish, type Inviter, managesPeople } from './inviter.ts'
import { invitationLetter } from './letters.ts'
import type { Mail } from './mail.ts'
import { newToken, tokenHash } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { settingNow } from './settings.ts'
import { ipBucket, type Throttle } from './throttle.ts'

const SETUP_LIFE_MS = 30 * 60_000
const INVITATION_LIFE_MS = 72 * 3_600_000

/** What the page behind a link shows. */
export interface InvitationView {
  kind: 'setup' | 'invite'
  /** Fixed by the inviter; the set-up asks for it. */
  email: string | null
  roles: Role[]
  facilities: string[]
  /** UTC ms */
  expiresAt: number
}

/** What became of the mail. */
export type Mailed = 'off' | 'sent' | 'failed'

export interface MadeInvitation {
  token: string
  link: string
  /** UTC ms */
  expiresAt: number
  mailed: Mailed
}

export interface OpenInvitation extends InvitationView {
  id: string
  /** Name of the account that invited, null for the server's own command. */
  invitedBy: string | null
}

interface Parts extends Dependencies {
  mail: Mail | null
  throttle: Throttle
}

export function createInvitations({ config, database, now, mail, throttle }: Parts) {
  /** A mail that is not taken loses nothing: the inviter hands the link over. */
  async function post(to: string, link: string, id: string): Promise<Mailed> {
    if (mail === null) return 'off'
    const mailed = await mail(invitationLetter(to, link)).then(
      () => 'sent' as const,
      () => 'failed' as const,
    )
    if (mailed === 'failed')
      await database.write((sql) => audit(sql, accountEvent(now(), 'account.invitation-mail', 'failure', {}, { subject: id })))
    return mailed
  }

  return {
    /** The link of the first account, new with each start (30 minutes), or null when there is an account. */
    setupLink: () =>
      database.writePrisma(async (prisma, sql) => {
        if ((await prisma.account.count()) > 0) return null
        await prisma.invitation.deleteMany({ where: { kind: 'setup', usedAt: null } })
        const { token, id } = await addInvitation(prisma, now(), {
          kind: 'setup',
          email: null,
          roles: ['admin', 'doctor'],
          facilities: [],
          invitedBy: null,
        })
        await audit(sql, accountEvent(now(), 'account.setup-link', 'success', {}, { subject: id }))
        return `${config.origin}/setup/${token}`
      }),

    /** A look, which uses nothing up. Throws `Refusal`: not-found, already-used, expired, too-many. */
    invitation: (token: string, meta: RequestMeta = {}): Promise<InvitationView> =>
      throttle.attempt({ buckets: ipBucket(meta), meta }, async () => viewOf(await openInvitation(database.prisma, token, now()))),

    /** Throws `Refusal`: not-permitted, already-used (the address has an account), invalid (which facility?). */
    async invite(inviter: Inviter, wish: InvitationWish, meta: RequestMeta): Promise<MadeInvitation> {
      const made = await database.writePrisma(async (prisma, sql) => {
        checkRoles(inviter, wish.roles)
        if (!managesPeople(inviter) && !(await settingNow(sql, 'doctorsMayInvite'))) refuse('not-permitted', 'only administrators invite')
        const facilities = await facilitiesToGive(prisma, inviter, wish)
        if ((await prisma.account.count({ where: { email: wish.email } })) > 0) refuse('already-used', 'the address has an account')
        const invitedBy = inviter === 'operator' ? null : inviter.id
        const made = await addInvitation(prisma, now(), { kind: 'invite', email: wish.email, roles: wish.roles, facilities, invitedBy })
        await audit(sql, accountEvent(now(), 'account.invited', 'success', meta, { actorId: invitedBy ?? undefined, subject: made.id }))
        return made
      })
      const link = `${config.origin}/invitation/${made.token}`
      return { token: made.token, link, expiresAt: made.expiresAt, mailed: await post(wish.email, link, made.id) }
    },

    /** Invitations that wait for their person, newest first. */
    async openInvitations(): Promise<OpenInvitation[]> {
      const open = await database.prisma.invitation.findMany({
        where: { kind: 'invite', usedAt: null, expiresAt: { gt: new Date(now()) } },
        orderBy: { createdAt: 'desc' },
      })
      const inviters = await database.prisma.account.findMany({ where: { id: { in: open.flatMap(({ invitedBy }) => invitedBy ?? []) } } })
      const names = new Map(inviters.map(({ id, name }) => [id, name]))
      return open.map((row) => ({ ...viewOf(row), id: row.id, invitedBy: names.get(row.invitedBy ?? '') ?? null }))
    },
  }
}

interface NewInvitation extends Omit<InvitationView, 'expiresAt' | 'roles'> {
  roles: readonly Role[]
  invitedBy: string | null
}

async function addInvitation(prisma: PrismaTransaction, at: number, { kind, email, roles, facilities, invitedBy }: NewInvitation) {
  const token = newToken()
  const id = randomUUID()
  const expiresAt = at + (kind === 'setup' ? SETUP_LIFE_MS : INVITATION_LIFE_MS)
  await prisma.invitation.create({
    data: {
      id,
      tokenHash: tokenHash(token),
      kind,
      email,
      roles: roles.join(' '),
      facilities: facilities.join(' '),
      invitedBy,
      createdAt: new Date(at),
      expiresAt: new Date(expiresAt),
    },
  })
  return { token, id, expiresAt }
}

export type StoredInvitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

export function findInvitation(prisma: PrismaTransaction, token: string) {
  return prisma.invitation.findUnique({ where: { tokenHash: tokenHash(token) } })
}

/** Throws `Refusal`: not-found, already-used, expired. */
export async function openInvitation(prisma: PrismaTransaction, token: string, at: number): Promise<StoredInvitation> {
  const stored = await findInvitation(prisma, token)
  if (stored === null) refuse('not-found', 'no such invitation')
  if (stored.usedAt !== null) refuse('already-used', 'the invitation was used')
  if (stored.expiresAt.getTime() <= at) refuse('expired', 'the invitation is too old')
  return stored
}

export function viewOf({ kind, email, roles, facilities, expiresAt }: StoredInvitation): InvitationView {
  return {
    kind: kind === 'setup' ? 'setup' : 'invite',
    email,
    roles: readRoles(roles),
    facilities: facilities.split(' ').filter((id) => id !== ''),
    expiresAt: expiresAt.getTime(),
  }
}
