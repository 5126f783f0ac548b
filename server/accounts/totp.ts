import { base32 } from 'oslo/encoding'
import { createTOTPKeyURI, generateHOTP } from 'oslo/otp'

/** Codes of an authenticator app (RFC 6238): SHA-1, 6 digits, 30 seconds, which is what every such app can do. */

const STEP_MS = 30_000
const SECRET_BYTES = 20
/** A phone's clock may be this many steps away from ours. */
const AWAY = 1
const ISSUER = 'HIMS'

export function newTotpSecret(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
}

export function secretText(secret: Uint8Array): string {
  return base32.encode(secret, { includePadding: false })
}

export function secretBytes(text: string): Uint8Array {
  return base32.decode(text, { strict: false })
}

/** What the QR code says. */
export function totpUri(secret: Uint8Array, email: string): string {
  return createTOTPKeyURI(ISSUER, email, secret)
}

/** oslo's own check reads the clock itself and knows no replay, so the step is found here. @returns the step, or null when the code is wrong */
export async function stepOf(code: string, secret: Uint8Array, at: number): Promise<number | null> {
  const now = Math.floor(at / STEP_MS)
  let found: number | null = null
  for (let step = now - AWAY; step <= now + AWAY; step += 1) {
    if ((await generateHOTP(secret, step)) === code) found = step
  }
  return found
}

/** What an authenticator app shows. */
export function codeAt(secret: Uint8Array, at: number): Promise<string> {
  return generateHOTP(secret, Math.floor(at / STEP_MS))
}
