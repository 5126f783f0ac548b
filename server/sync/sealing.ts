import { randomBytes } from 'node:crypto'
import { refuse } from '#domain/problem.ts'
import { importOpeningKey, kidOf, openBox, type SealingKey } from '#domain/sealedBox.ts'
import type { PrismaTransaction } from '#server/database/database.ts'
import { seal, unseal } from '#server/partners/seal.ts'
import type { Dependencies } from '#server/services.ts'

interface Row {
  kid: string
  publicRaw: string
  sealedPrivate: string
}

export type Sealing = ReturnType<typeof createSealing>

/** The key that tablets seal to. The first is made when it is first asked for; older ones still open what they closed. */
export function createSealing({ config, database }: Pick<Dependencies, 'config' | 'database'>) {
  const opened = new Map<string, CryptoKey>()

  async function opening(kid: string): Promise<CryptoKey> {
    const known = opened.get(kid)
    if (known) return known
    const row = await database.read.get<Row>('SELECT kid, "publicRaw", "sealedPrivate" FROM "SealingKey" WHERE kid = ?', kid)
    const jwk = row === undefined ? null : unseal(row.sealedPrivate, config.secret, nameOf(kid))
    // Not the tablet's fault, and it may be put right (a restore, the right secret): the tablet keeps what it has.
    if (jwk === null) refuse('unavailable', 'what was sealed is of another server')
    const key = await importOpeningKey(JSON.parse(jwk) as JsonWebKey)
    opened.set(kid, key)
    return key
  }

  return {
    async publicKey(): Promise<SealingKey> {
      const text = 'SELECT kid, "publicRaw", "sealedPrivate" FROM "SealingKey" ORDER BY "createdAt" DESC, kid LIMIT 1'
      const row = (await database.read.get<Row>(text)) ?? (await database.writePrisma((prisma) => makeFirst(prisma, config.secret)))
      return { kid: row.kid, raw: row.publicRaw }
    },
    /** Null for what was altered, or is no box. Throws `Refusal('unavailable')` for one that another key opens. */
    async open(box: string, context: string): Promise<string | null> {
      const kid = kidOf(box)
      return kid === null ? null : openBox(await opening(kid), box, context)
    },
  }
}

async function makeFirst(prisma: PrismaTransaction, secret: string): Promise<Row> {
  const known = await prisma.sealingKey.findFirst({ orderBy: { createdAt: 'desc' } })
  if (known !== null) return known
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const kid = randomBytes(6).toString('base64url')
  const publicRaw = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url')
  const sealedPrivate = seal(JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey)), secret, nameOf(kid))
  return prisma.sealingKey.create({ data: { kid, publicRaw, sealedPrivate } })
}

function nameOf(kid: string): string {
  return `tablet sealing ${kid}`
}
