import { generateKeyPairSync } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from 'jose'
import { TOKEN_SECONDS } from '#domain/partners/api.ts'
import { audit } from '#server/audit/audit.ts'
import { StartProblem } from '#server/config.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import type { Dependencies } from '#server/services.ts'
import { seal, unseal } from './seal.ts'

export interface SigningKey {
  kid: string
  privateKey: CryptoKey
}

interface Row {
  kid: string
  publicJwk: string
  sealedPrivate: string
  /** When it begins to sign, and when it is trusted no longer; the database's own form of an instant. */
  createdAt: string | number | Date
  retiredAt: string | number | Date | null
}

const ALL = 'SELECT kid, "publicJwk", "sealedPrivate", "createdAt", "retiredAt" FROM "SigningKey" ORDER BY "createdAt"'
/** How long a partner may keep the list of keys (partnerRoutes.ts), and a clock be wrong: until then a new key signs nothing. */
const KNOWN_AFTER_MS = 10 * 60_000
/** How long a key that was found good is believed without looking: one that was stolen ends for everybody within it. */
const BELIEVED_MS = 5_000

/**
 * The ES256 keys of the partner tokens. The first is made when it is first needed, on whichever node that is. A key that
 * is to come is published before it signs, and one that has signed until its last token is over.
 */
export function createSigningKeys({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  const opened = new Map<string, CryptoKey>()
  const trusted = new Map<string, { until: number; key: CryptoKey | null }>()

  /** Not retired yet; the last of them that has begun signs. */
  const living = async (): Promise<Row[]> => (await database.read.all<Row>(ALL)).filter((row) => !isRetired(row, now()))
  const signing = async () => {
    const begun = (await living()).filter(({ createdAt }) => instantOf(createdAt) <= now())
    return begun.at(-1) ?? (await database.writePrisma((prisma) => makeFirst(prisma, config.secret, now())))
  }

  return {
    /** Throws `StartProblem` when the installation's secret is not the one that sealed the key. */
    async current(): Promise<SigningKey> {
      const row = await signing()
      const privateKey = opened.get(row.kid) ?? (await open(row, config.secret))
      opened.set(row.kid, privateKey)
      return { kid: row.kid, privateKey }
    },

    async publicKey(kid: string): Promise<CryptoKey | null> {
      const known = trusted.get(kid)
      if (known !== undefined && known.until > now()) return known.key
      const row = (await living()).find((one) => one.kid === kid)
      const key = row === undefined ? null : await importKey(row.publicJwk)
      // What anybody makes up is not remembered.
      if (key === null) trusted.delete(kid)
      else trusted.set(kid, { until: now() + BELIEVED_MS, key })
      return key
    },

    /** What /.well-known/jwks.json shows. */
    async publicKeys(): Promise<JWK[]> {
      await signing()
      return (await living()).map(({ kid, publicJwk }) => ({ ...(JSON.parse(publicJwk) as JWK), kid, alg: 'ES256', use: 'sig' }))
    },

    /**
     * A new key, which signs once partners can know it; the others are trusted until their last token is over.
     * @param atOnce the key of before may be in other hands: it and its tokens are good no longer, from now on
     * @returns the new key's id, and UTC ms from which it signs
     */
    async rotate(atOnce: boolean): Promise<{ kid: string; from: number }> {
      await signing()
      const at = now()
      const from = atOnce ? at : at + KNOWN_AFTER_MS
      const end = new Date(atOnce ? at : from + TOKEN_SECONDS * 1000 + KNOWN_AFTER_MS)
      const made = await makeKey(config.secret, from)
      await database.writePrisma(async (prisma, sql) => {
        await prisma.signingKey.updateMany({ where: { OR: [{ retiredAt: null }, { retiredAt: { gt: end } }] }, data: { retiredAt: end } })
        await prisma.signingKey.create({ data: made })
        await audit(sql, {
          at,
          action: 'server.signing-key',
          outcome: 'success',
          actorId: 'keys:rotate',
          subject: made.kid,
          route: 'keys:rotate',
        })
      })
      return { kid: made.kid, from }
    },
  }
}

export type SigningKeys = ReturnType<typeof createSigningKeys>

function instantOf(at: NonNullable<Row['retiredAt']>): number {
  return new Date(at).getTime()
}

function isRetired({ retiredAt }: Row, at: number): boolean {
  return retiredAt !== null && instantOf(retiredAt) <= at
}

async function makeFirst(prisma: PrismaTransaction, secret: string, at: number): Promise<Row> {
  const known = await prisma.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: 'asc' } })
  return known ?? prisma.signingKey.create({ data: await makeKey(secret, at) })
}

/** @param from UTC ms from which it signs */
async function makeKey(secret: string, from: number) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK
  const kid = await calculateJwkThumbprint(publicJwk)
  const sealedPrivate = seal(JSON.stringify(privateKey.export({ format: 'jwk' })), secret, kid)
  return { kid, publicJwk: JSON.stringify(publicJwk), sealedPrivate, createdAt: new Date(from) }
}

async function open({ kid, sealedPrivate }: Pick<Row, 'kid' | 'sealedPrivate'>, secret: string): Promise<CryptoKey> {
  const jwk = unseal(sealedPrivate, secret, kid)
  if (jwk === null) {
    throw new StartProblem(
      'The signing key of the partner API was sealed with another secret: bring back SECRET or the file "secret" in DATA_DIR that this database was made with.',
    )
  }
  return importKey(jwk)
}

async function importKey(jwk: string): Promise<CryptoKey> {
  return (await importJWK(JSON.parse(jwk) as JWK, 'ES256')) as CryptoKey
}
