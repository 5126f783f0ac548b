import type { PrismaTransaction } from '#server/database/database.ts'
import { newCode, readCode } from './oneTimeCode.ts'
import { tokenHash } from './passwords.ts'

const HOW_MANY = 10
/** 80 bits: one round of SHA-256 cannot be guessed back. */
const GROUPS = 4

/** New ones in the place of the old, inside the caller's transaction. @returns the codes, which are shown once */
export async function makeRecoveryCodes(prisma: PrismaTransaction, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, () => newCode(GROUPS))
  await prisma.recoveryCode.deleteMany({ where: { accountId } })
  await prisma.recoveryCode.createMany({ data: codes.map((code) => ({ accountId, codeHash: tokenHash(code) })) })
  return codes
}

/** One conditional update, so that a code is good once, also for two at a time. */
export async function spendRecoveryCode(prisma: PrismaTransaction, accountId: string, typed: string, at: number): Promise<boolean> {
  const codeHash = tokenHash(readCode(typed))
  const { count } = await prisma.recoveryCode.updateMany({ where: { accountId, codeHash, usedAt: null }, data: { usedAt: at } })
  return count === 1
}
