import { may, type Role, rolesToGive } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { refuse } from '#domain/problem.ts'
import type { PrismaTransaction } from '#server/database/database.ts'

/** An account, or whoever runs a command on the server itself and may do what an administrator may. */
export type Inviter = Pick<SignedInAccount, 'id' | 'roles' | 'facilities'> | 'operator'

export interface InvitationWish {
  /** In lower case, as `emailAddress` of the domain makes it. */
  email: string
  roles: readonly Role[]
  /** Facility ids; none means the inviter's, or the only one there is. */
  facilities: readonly string[]
}

/** Throws `Refusal('not-permitted')` unless the inviter may give all these roles. */
export function checkRoles(inviter: Inviter, roles: readonly Role[]): void {
  const allowed = rolesToGive(inviter === 'operator' ? ['admin'] : inviter.roles)
  if (roles.length === 0) refuse('invalid', 'an invitation needs a role')
  if (!roles.every((role) => allowed.includes(role))) refuse('not-permitted', 'the inviter may not give this role')
}

/** Where the new account will work. Only doctors work at facilities; an inviter who is no administrator gives only own ones. */
export async function facilitiesToGive(
  prisma: PrismaTransaction,
  inviter: Inviter,
  { roles, facilities }: InvitationWish,
): Promise<string[]> {
  if (!roles.includes('doctor')) return []
  const existing = await prisma.facility.findMany({ where: { deleted: false }, orderBy: { seq: 'asc' }, select: { id: true } })
  const offered = existing.map(({ id }) => id).filter((id) => managesPeople(inviter) || ownFacilities(inviter).includes(id))
  if (facilities.length > 0) {
    if (!facilities.every((id) => offered.includes(id))) refuse('not-permitted', 'the facility does not exist or is not one of the inviter')
    return [...facilities]
  }
  const own = ownFacilities(inviter).filter((id) => offered.includes(id))
  if (own.length > 0) return own
  if (offered.length > 1) refuse('invalid', 'there are several facilities: say which')
  return offered
}

export function managesPeople(inviter: Inviter): boolean {
  return inviter === 'operator' || may(inviter.roles, 'people.manage')
}

function ownFacilities(inviter: Inviter): readonly string[] {
  return inviter === 'operator' ? [] : inviter.facilities
}
