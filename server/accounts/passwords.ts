import { createHash } from 'node:crypto'
import { base64url } from 'oslo/encoding'
import { Argon2id } from 'oslo/password'
import { HashLine } from './hashLine.ts'

/** The only file that knows oslo: passwords, and the random tokens of links and sessions. */

/** OWASP's smallest argon2id setting: 19 MiB, 2 passes, 1 lane. */
const argon2id = new Argon2id({ memorySize: 19_456, iterations: 2, parallelism: 1 })
const TOKEN_BYTES = 32

export interface Passwords {
  /** Throws `Refusal('busy')` when too many wait. */
  hash(password: string): Promise<string>
  /** With `null`, for an unknown address, it does the same work and answers false. Throws `Refusal('busy')`. */
  matches(hash: string | null, password: string): Promise<boolean>
}

export function createPasswords(): Passwords {
  const line = new HashLine()
  const nobodys = argon2id.hash(newToken())
  return {
    hash: (password) => line.run(() => argon2id.hash(password)),
    async matches(hash, password) {
      const compared = hash ?? (await nobodys)
      const same = await line.run(() => argon2id.verify(compared, password))
      return same && hash !== null
    },
  }
}

/** 256 random bits, fit for an address or a cookie. */
export function newToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)), { includePadding: false })
}

/** What is stored of a token. It has 256 random bits, so one round of SHA-256 cannot be guessed back. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
