import { readRoles } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import type { PrismaTransaction } from '#server/database/database.ts'

export const WITH_FACILITIES = { facilities: { select: { facilityId: true } } } as const

/** With what decides whether a code is asked. */
const FOR_SIGN_IN = { ...WITH_FACILITIES, secondFactor: { select: { confirmedAt: true } } } as const

export function findAccount(prisma: PrismaTransaction, email: string) {
  return prisma.account.findUnique({ where: { email }, include: FOR_SIGN_IN })
}

export function findAccountById(prisma: PrismaTransaction, id: string) {
  return prisma.account.findUnique({ where: { id }, include: FOR_SIGN_IN })
}

export type StoredAccount = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** The stored account as screens and routes know it. */
export function signedIn({
  id,
  name,
  email,
  roles,
  facilities,
}: Pick<StoredAccount, 'id' | 'name' | 'email' | 'roles' | 'facilities'>): SignedInAccount {
  return { id, name, email, roles: readRoles(roles), facilities: facilities.map(({ facilityId }) => facilityId).sort() }
}
