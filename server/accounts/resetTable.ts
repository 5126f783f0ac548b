import { randomUUID } from 'node:crypto'
import { refuse } from '#domain/problem.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import { newCode, readCode } from './oneTimeCode.ts'
import { tokenHash } from './passwords.ts'

const MINUTE_MS = 60_000
/** A link travels by mail, at once. */
export const LINK_LIFE_MS = 10 * MINUTE_MS
/** A code is said to somebody, by telephone too. */
export const CODE_LIFE_MS = 30 * MINUTE_MS
/** An administrator may be away until tomorrow. */
export const REQUEST_LIFE_MS = 24 * 60 * MINUTE_MS
/** As long as the set-up link: whoever reads the server's terminal uses it now. */
export const RECOVERY_LIFE_MS = 30 * MINUTE_MS

/** 60 bits, good for half an hour, with 20 tries a minute for an address. */
const CODE_GROUPS = 3

export type ResetKind = 'request' | 'code' | 'recovery'
export type StoredReset = NonNullable<Awaited<ReturnType<typeof findReset>>>

/** @param token of a link, or a code however it was typed */
function findReset(prisma: PrismaTransaction, token: string) {
  const meant = /^[\w-]{43}$/.test(token) ? token : readCode(token)
  return prisma.passwordReset.findUnique({ where: { tokenHash: tokenHash(meant) } })
}

/** Throws `Refusal`: not-found, already-used, expired. */
export async function openReset(prisma: PrismaTransaction, token: string, at: number): Promise<StoredReset> {
  const stored = await findReset(prisma, token)
  if (stored === null) return refuse('not-found', 'no such link or code')
  if (stored.usedAt !== null) refuse('already-used', 'the link or code was used')
  if (stored.expiresAt <= at) refuse('expired', 'the link or code is too old')
  return stored
}

/** One conditional update decides who was first. What else was open for the account is worth nothing any more. */
export async function consumeReset(prisma: PrismaTransaction, { id, accountId }: StoredReset, at: number): Promise<void> {
  const { count } = await prisma.passwordReset.updateMany({ where: { id, usedAt: null, expiresAt: { gt: at } }, data: { usedAt: at } })
  if (count === 0) refuse('already-used', 'the link or code was used')
  await prisma.passwordReset.deleteMany({ where: { accountId, usedAt: null } })
}

/** A code in the place of what was open for the account. @returns the code, which is shown once */
export async function addCode(prisma: PrismaTransaction, accountId: string, at: number): Promise<{ code: string; expiresAt: number }> {
  const code = newCode(CODE_GROUPS)
  const expiresAt = at + CODE_LIFE_MS
  await prisma.passwordReset.deleteMany({ where: { accountId, usedAt: null } })
  const kind: ResetKind = 'code'
  await prisma.passwordReset.create({
    data: { id: randomUUID(), accountId, kind, tokenHash: tokenHash(code), roles: '', createdAt: at, expiresAt },
  })
  return { code, expiresAt }
}
