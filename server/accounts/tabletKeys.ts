import { FRESH_SIGN_IN_MS, TABLET_KEY_BYTES, tabletKeyContext } from '#domain/accounts/tabletKey.ts'
import { refuse } from '#domain/problem.ts'
import { audit } from '#server/audit/audit.ts'
import type { Dependencies } from '#server/services.ts'
import { createSealing, type Sealing } from '#server/sync/sealing.ts'
import { accountEvent, type RequestMeta } from './requestMeta.ts'
import type { Sessions } from './sessions.ts'

interface Parts extends Dependencies {
  sessions: Pick<Sessions, 'signedInAt'>
}

interface Kept {
  keyId: string
  deviceId: string
  box: string
}

/** Keys of tablets, kept for their people (docs/decisions/0029). */
export function createTabletKeys({ config, database, now, sessions }: Parts) {
  const sealing = createSealing({ config, database })
  return {
    sealingKey: sealing.publicKey,

    /** Throws `Refusal`: invalid (the box holds no key), not-permitted (the key's name is somebody else's). Kept twice it is kept once. */
    async keepTabletKey(accountId: string, { keyId, deviceId, box }: Kept, meta: RequestMeta): Promise<void> {
      await openKey(sealing, accountId, keyId, box)
      await database.writePrisma(async (prisma, sql) => {
        const known = await prisma.tabletKey.findUnique({ where: { id: keyId } })
        if (known !== null && known.accountId !== accountId) refuse('not-permitted', 'the key of another account')
        if (known !== null) return
        await prisma.tabletKey.create({ data: { id: keyId, accountId, deviceId, box, createdAt: new Date(now()) } })
        await audit(sql, {
          ...accountEvent(now(), 'device.key-kept', 'success', meta, { actorId: accountId, subject: accountId }),
          deviceId,
        })
      })
    },

    /** Only after a full sign-in. Throws `Refusal`: expired (sign in again), not-found. @returns base64url */
    async giveTabletKey(accountId: string, keyId: string, cookieHeader: string, meta: RequestMeta): Promise<string> {
      const row = await database.prisma.tabletKey.findUnique({ where: { id: keyId } })
      const own = row !== null && row.accountId === accountId ? row : null
      const signedInAt = await sessions.signedInAt(cookieHeader)
      const fresh = signedInAt !== null && now() - signedInAt <= FRESH_SIGN_IN_MS
      const outcome = own !== null && fresh ? 'success' : 'failure'
      const who = { actorId: accountId, subject: accountId }
      await database.write((sql) => audit(sql, { ...accountEvent(now(), 'device.key-given', outcome, meta, who), deviceId: own?.deviceId }))
      if (!fresh) refuse('expired', 'a key is given after a new sign-in only')
      if (own === null) refuse('not-found')
      return openKey(sealing, accountId, keyId, own.box)
    },
  }
}

async function openKey(sealing: Sealing, accountId: string, keyId: string, box: string): Promise<string> {
  const key = await sealing.open(box, tabletKeyContext(accountId, keyId))
  if (key === null || Buffer.from(key, 'base64url').length !== TABLET_KEY_BYTES) refuse('invalid', 'the box holds no key')
  return key
}
