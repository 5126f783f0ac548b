import type { PrismaTransaction } from '#server/database/database.ts'

/** Inside the caller's transaction: nobody is signed in any more, nor half-way. @param but the hash of a session that stays */
export async function endSessions(prisma: PrismaTransaction, accountId: string, but: string | null = null): Promise<number> {
  await prisma.signInStep.deleteMany({ where: { accountId } })
  const { count } = await prisma.session.deleteMany({ where: { accountId, NOT: { idHash: but ?? '' } } })
  return count
}
