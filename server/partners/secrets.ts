import { createHash, randomBytes } from 'node:crypto'

/** A prefix that secret scanners can look for in code and logs. */
const PREFIX = 'hims_cs_'
const SECRET_BYTES = 32

export function newClientId(): string {
  return `hims_${randomBytes(9).toString('hex')}`
}

export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64url')
}

/** 256 random bits need no slow hash: nobody can guess them, stored or not. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
