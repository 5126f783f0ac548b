import { randomUUID } from 'node:crypto'
import type { Role } from '#domain/access/access.ts'
import { Refusal, refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Dependencies } from '#server/services.ts'
import { ensureFirstFacility } from '#server/sync/facilities.ts'
import type { Entrance, Entry } from './entrance.ts'
import { findInvitation, openInvitation, type StoredInvitation, viewOf } from './invitations.ts'
import { passwordWeakness } from './passwordRules.ts'
import type { Passwords } from './passwords.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import { ipBucket, type Throttle } from './throttle.ts'

export interface NewPerson {
  name: string
  /** Only the set-up asks for it; an invitation carries its own. */
  email?: string | undefined
  password: string
  /** The set-up's "I also see clients"; on unless it says no. */
  alsoDoctor?: boolean | undefined
}

interface Parts extends Dependencies {
  passwords: Passwords
  throttle: Throttle
  enter: Entrance
}

/** Throws `Refusal`: not-found, already-used, expired, invalid (weak password), busy, too-many. Only the first of two at once gets in. */
export function createAcceptance(parts: Parts) {
  return async function acceptInvitation(token: string, person: NewPerson, meta: RequestMeta): Promise<Entry> {
    try {
      return await parts.throttle.attempt({ buckets: ipBucket(meta), meta }, () => accept(parts, token, person, meta))
    } catch (error) {
      // The throttle has noted it, once for each wait.
      if (error instanceof Refusal && error.problem.code !== 'too-many') await noteRefusal(parts, token, meta)
      throw error
    }
  }
}

async function accept({ database, now, passwords, enter }: Parts, token: string, person: NewPerson, meta: RequestMeta): Promise<Entry> {
  const invitation = await openInvitation(database.prisma, token, now())
  const email = invitation.email ?? person.email ?? refuse('invalid', 'the set-up needs an e-mail')
  if (passwordWeakness(person.password, email) !== null) refuse('invalid', 'the password is too weak')
  const passwordHash = await passwords.hash(person.password)
  return database.writePrisma(async (prisma, sql) => {
    const account = { id: randomUUID(), name: person.name, email, roles: rolesFor(invitation, person) }
    await consume(prisma, invitation, account.id, now())
    if ((await prisma.account.count({ where: { email } })) > 0) refuse('already-used', 'the address has an account')
    const facilities = await facilitiesFor(sql, invitation, account, now())
    await prisma.account.create({
      data: {
        ...account,
        roles: account.roles.join(' '),
        passwordHash,
        createdAt: new Date(now()),
        facilities: { create: facilities.map((facilityId) => ({ facilityId })) },
      },
    })
    const entry = await enter(
      prisma,
      { ...account, roles: account.roles.join(' '), facilities: facilities.map((facilityId) => ({ facilityId })) },
      meta,
    )
    const who = { actorId: account.id, subject: account.id }
    await audit(
      sql,
      accountEvent(now(), 'account.created', 'success', meta, who),
      accountEvent(now(), 'account.sign-in', 'success', meta, who),
    )
    return entry
  })
}

function rolesFor(invitation: StoredInvitation, { alsoDoctor = true }: NewPerson): Role[] {
  const { kind, roles } = viewOf(invitation)
  return kind === 'setup' && !alsoDoctor ? roles.filter((role) => role !== 'doctor') : roles
}

/** One conditional update decides who was first, also between processes. */
async function consume(prisma: PrismaTransaction, { id, kind }: StoredInvitation, accountId: string, at: number): Promise<void> {
  const free = { id, usedAt: null, expiresAt: { gt: new Date(at) } }
  const { count } = await prisma.invitation.updateMany({ where: free, data: { usedAt: new Date(at), accountId } })
  if (count === 0) refuse('already-used', 'the invitation was used')
  if (kind === 'setup' && (await prisma.account.count()) > 0) refuse('already-used', 'there is an account already')
}

/** The first doctor also makes the first facility, so that nobody has to know the word on the first day. */
async function facilitiesFor(
  sql: Sql,
  invitation: StoredInvitation,
  account: { id: string; roles: Role[] },
  at: number,
): Promise<string[]> {
  const { kind, facilities } = viewOf(invitation)
  if (kind === 'invite' && (facilities.length > 0 || !account.roles.includes('doctor'))) return facilities
  const first = await ensureFirstFacility(sql, { at, actorId: account.id })
  return account.roles.includes('doctor') ? [first] : []
}

async function noteRefusal({ database, now }: Parts, token: string, meta: RequestMeta): Promise<void> {
  await database.writePrisma(async (prisma, sql) => {
    const invitation = await findInvitation(prisma, token)
    await audit(sql, accountEvent(now(), 'account.created', 'failure', meta, { subject: invitation?.id }))
  })
}
