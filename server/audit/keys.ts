import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { StartProblem } from '#server/config.ts'
import type { Sql } from '#server/database/sql.ts'
import { seal, unseal } from '#server/partners/seal.ts'
import type { Dependencies } from '#server/services.ts'

export interface AuditSigner {
  keyId: string
  /** base64url of the Ed25519 signature */
  sign(text: string): string
}

interface Row {
  id: string
  publicJwk: string
  sealedPrivate: string
}

const ALL = 'SELECT id, "publicJwk", "sealedPrivate" FROM "AuditKey" ORDER BY "createdAt", id'

/** The Ed25519 key that signs the audit log's checkpoints. It is made at the first start, on whichever node that is. */
export function createAuditKeys({ config, database, now }: Pick<Dependencies, 'config' | 'database' | 'now'>) {
  let opened: AuditSigner | null = null

  async function signer(): Promise<AuditSigner> {
    if (opened !== null) return opened
    const row = (await database.read.all<Row>(ALL)).at(-1) ?? (await makeFirst())
    const key = privateKeyOf(row, config.secret)
    if (key === null) {
      throw new StartProblem(
        'The key of the audit log was sealed with another secret: bring back SECRET or the file "secret" in DATA_DIR that this database was made with.',
      )
    }
    opened = { keyId: row.id, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') }
    return opened
  }

  async function makeFirst(): Promise<Row> {
    const row = await newKey(config.secret)
    return database.write(async (sql) => {
      const known = (await sql.all<Row>(ALL)).at(-1)
      if (known !== undefined) return known
      const text = 'INSERT INTO "AuditKey" (id, "publicJwk", "sealedPrivate", "createdAt") VALUES (?, ?, ?, ?)'
      await sql.run(text, row.id, row.publicJwk, row.sealedPrivate, now())
      return row
    })
  }

  return {
    /** Throws `StartProblem` when the installation's secret is not the one that sealed the key. */
    signer,
    /** What /.well-known/hims-audit-key shows: enough to check a checkpoint that somebody kept. */
    async publicKeys(): Promise<JWK[]> {
      await signer()
      const rows = await database.read.all<Row>(ALL)
      return rows.map(({ id, publicJwk }) => ({ ...(JSON.parse(publicJwk) as JWK), kid: id, alg: 'EdDSA', use: 'sig' }))
    },
  }
}

export async function newKey(secret: string): Promise<Row> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const publicJwk = publicKey.export({ format: 'jwk' })
  const id = await calculateJwkThumbprint(publicJwk as JWK)
  return { id, publicJwk: JSON.stringify(publicJwk), sealedPrivate: seal(JSON.stringify(privateKey.export({ format: 'jwk' })), secret, id) }
}

/** Whether `signature` is that of a key of this installation over `text`. */
export type IsSigned = (keyId: string, text: string, signature: string) => boolean

/**
 * A public key alone proves nothing: whoever may write to the database can put one of their own there. One is believed when
 * its private half was sealed with the installation's secret.
 */
export async function signaturesOf(sql: Sql, secret: string): Promise<IsSigned> {
  const rows = await sql.all<Row>(ALL)
  const keys = new Map(rows.flatMap((row): [string, KeyObject][] => believedKey(row, secret)))
  return (keyId, text, signature) => {
    const key = keys.get(keyId)
    const bytes = Buffer.from(signature, 'base64url')
    // Of the many texts that stand for the same bytes only the plain one is taken.
    if (key === undefined || bytes.toString('base64url') !== signature) return false
    return verify(null, Buffer.from(text), key, bytes)
  }
}

function believedKey(row: Row, secret: string): [string, KeyObject][] {
  const privateKey = privateKeyOf(row, secret)
  if (privateKey === null) return []
  const publicKey = createPublicKey(privateKey)
  return JSON.stringify(publicKey.export({ format: 'jwk' })) === row.publicJwk ? [[row.id, publicKey]] : []
}

function privateKeyOf({ id, sealedPrivate }: Row, secret: string): KeyObject | null {
  const jwk = unseal(sealedPrivate, secret, id)
  return jwk === null ? null : createPrivateKey({ key: JSON.parse(jwk) as JsonWebKey, format: 'jwk' })
}
