/** A key that only a secret of a person opens: a password, or a PIN. */
export interface WrappedKey {
  salt: Bytes
  iterations: number
  iv: Bytes
  /** The raw key, encrypted and authenticated. */
  sealed: Bytes
}

/** Bytes of their own, as WebCrypto and IndexedDB take them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** OWASP's number for PBKDF2 with SHA-256: about 0.2 s on a desktop, 1 s on a cheap tablet. */
export const ITERATIONS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12

/** @param purpose what the key is for, so that a wrapped key cannot be put in another's place */
export async function wrapKey(rawKey: Bytes, secret: string, purpose: string, iterations = ITERATIONS): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const wrapping = await wrappingKey(secret, salt, iterations)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(purpose) }, wrapping, rawKey)
  return { salt, iterations, iv, sealed: new Uint8Array(sealed) }
}

/** @returns the raw key, or null when the secret is another one */
export async function unwrapKey({ salt, iterations, iv, sealed }: WrappedKey, secret: string, purpose: string): Promise<Bytes | null> {
  const wrapping = await wrappingKey(secret, salt, iterations)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(purpose) }, wrapping, sealed))
  } catch {
    return null
  }
}

/** One keyboard writes an accent as one sign and another as two: both are the same password. */
async function wrappingKey(secret: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', utf8(secret.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(derivation, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}
