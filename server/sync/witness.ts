import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { isCheckpointSigned, readCheckpoint } from '#server/audit/checkpoint.ts'
import { signaturesOf } from '#server/audit/keys.ts'
import type { Sql } from '#server/database/sql.ts'

/** What the server had written when it greeted a tablet: the head of the audit chain, and in which epoch. */
export interface Witness {
  auditSeq: number
  auditHash: string
  epoch: string
}

/** `auditSeq.auditHash.epoch.mac`: only what this installation wrote is believed. */
export function sealWitness({ auditSeq, auditHash, epoch }: Witness, secret: string): string {
  const text = `${auditSeq}.${auditHash}.${epoch}`
  return `${text}.${macOf(text, secret)}`
}

/** @returns null for what this installation did not write */
export function readWitness(text: string | null, secret: string): Witness | null {
  const [auditSeq = '', auditHash = '', epoch = '', mac = '', ...more] = (text ?? '').split('.')
  if (more.length > 0 || !/^\d{1,15}$/.test(auditSeq)) return null
  const expected = Buffer.from(macOf(`${auditSeq}.${auditHash}.${epoch}`, secret))
  const given = Buffer.from(mac)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return { auditSeq: Number(auditSeq), auditHash, epoch }
}

/**
 * What a signed checkpoint that a tablet carries is a witness of. Null for one that this installation did not sign, and for
 * one that is here: most are, and need no look at their signature.
 */
export async function signedWitness(sql: Sql, text: string | null, secret: string): Promise<Witness | null> {
  const checkpoint = text === null ? null : readCheckpoint(text)
  if (checkpoint === null) return null
  const { seq: auditSeq, hash: auditHash, epoch, signature } = checkpoint
  const known = await sql.get<{ signature: string }>('SELECT signature FROM "AuditCheckpoint" WHERE seq = ?', auditSeq)
  if (known?.signature === signature) return null
  return isCheckpointSigned(checkpoint, await signaturesOf(sql, secret)) ? { auditSeq, auditHash, epoch } : null
}

/** What to give a tablet now. */
export async function currentWitness(sql: Sql): Promise<Witness> {
  const tail = await sql.get<Witness>('SELECT "auditSeq", "auditHash", epoch FROM "Tail" WHERE id = 1')
  if (tail === undefined) throw new Error('the Tail row is missing')
  return tail
}

/** What to give a tablet now, sealed. */
export async function witnessNow(sql: Sql, secret: string): Promise<string> {
  return sealWitness(await currentWitness(sql), secret)
}

const keys = new Map<string, Buffer>()

/** Every answer carries a witness: the key is worked out once. */
function keyOf(secret: string): Buffer {
  const key = keys.get(secret) ?? Buffer.from(hkdfSync('sha256', secret, '', 'hims witness', 32))
  keys.set(secret, key)
  return key
}

function macOf(text: string, secret: string): string {
  const key = keyOf(secret)
  return createHmac('sha256', key).update(text).digest('base64url')
}
