import { generateKeyPairSync } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from 'jose'
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
}

const NEWEST = `SELECT kid, "publicJwk", "sealedPrivate" FROM "SigningKey" WHERE "retiredAt" IS NULL ORDER BY "createdAt" DESC LIMIT 1`
const PUBLIC = `SELECT kid, "publicJwk" FROM "SigningKey" WHERE "retiredAt" IS NULL ORDER BY "createdAt"`

/** The ES256 keys of the partner tokens. The first is made when it is first needed, on whichever node that is. */
export function createSigningKeys({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  const opened = new Map<string, CryptoKey>()

  const newest = async () =>
    (await database.read.get<Row>(NEWEST)) ?? (await database.writePrisma((prisma) => makeFirst(prisma, config.secret, now())))

  return {
    /** Throws `StartProblem` when the installation's secret is not the one that sealed the key. */
    async current(): Promise<SigningKey> {
      const row = await newest()
      const privateKey = opened.get(row.kid) ?? (await open(row, config.secret))
      opened.set(row.kid, privateKey)
      return { kid: row.kid, privateKey }
    },

    async publicKey(kid: string): Promise<CryptoKey | null> {
      const row = await database.read.get<Row>('SELECT "publicJwk" FROM "SigningKey" WHERE kid = ? AND "retiredAt" IS NULL', kid)
      return row === undefined ? null : importKey(row.publicJwk)
    },

    /** What /.well-known/jwks.json shows. */
    async publicKeys(): Promise<JWK[]> {
      await newest()
      const rows = await database.read.all<Row>(PUBLIC)
      return rows.map(({ kid, publicJwk }) => ({ ...(JSON.parse(publicJwk) as JWK), kid, alg: 'ES256', use: 'sig' }))
    },
  }
}

export type SigningKeys = ReturnType<typeof createSigningKeys>

async function makeFirst(prisma: PrismaTransaction, secret: string, at: number): Promise<Row> {
  const known = await prisma.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: 'desc' } })
  if (known !== null) return known
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK
  const kid = await calculateJwkThumbprint(publicJwk)
  const sealedPrivate = seal(JSON.stringify(privateKey.export({ format: 'jwk' })), secret, kid)
  return prisma.signingKey.create({ data: { kid, publicJwk: JSON.stringify(publicJwk), sealedPrivate, createdAt: new Date(at) } })
}

async function open({ kid, sealedPrivate }: Row, secret: string): Promise<CryptoKey> {
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
