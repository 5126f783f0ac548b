/**
 * Text sealed to a public key: whoever holds the private half opens it, and nobody else, not even who sealed it. ECDH on
 * P-256 with a key of its own for each box, HKDF-SHA-256, AES-256-GCM: what every browser and Node have (WebCrypto).
 */

const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
const KEY_BYTES = 32
const IV_BYTES = 12

/** `kid` names the key; `raw` is the uncompressed point, base64url. */
export interface SealingKey {
  kid: string
  raw: string
}

/** @param context what the box is for; it opens for nothing else */
export async function sealTo({ kid, raw }: SealingKey, text: string, context: string): Promise<string> {
  const theirs = await crypto.subtle.importKey('raw', fromBase64Url(raw), CURVE, false, [])
  const own = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey))
  const key = await boxKey(own.privateKey, theirs, point, context)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt(gcm(iv, context), key, new TextEncoder().encode(text))
  return [kid, toBase64Url(point), toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join('.')
}

/** The name of the key that opens a box; null for what is none. */
export function kidOf(box: string): string | null {
  const parts = box.split('.')
  return parts.length === 4 && parts.every((part) => /^[\w-]+$/.test(part)) ? (parts[0] ?? null) : null
}

/** @returns null when the box is of another key or for something else, or was altered */
export async function openBox(privateKey: CryptoKey, box: string, context: string): Promise<string | null> {
  const [, point = '', iv = '', sealed = ''] = kidOf(box) === null ? [] : box.split('.')
  try {
    const raw = fromBase64Url(point)
    const theirs = await crypto.subtle.importKey('raw', raw, CURVE, false, [])
    const key = await boxKey(privateKey, theirs, raw, context)
    const text = await crypto.subtle.decrypt(gcm(fromBase64Url(iv), context), key, fromBase64Url(sealed))
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    return null
  }
}

/** The private half of a pair, for `openBox`. Throws for what is no key of this curve. */
export function importOpeningKey(jwk: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, CURVE, false, ['deriveBits'])
}

async function boxKey(own: CryptoKey, theirs: CryptoKey, point: Uint8Array<ArrayBuffer>, context: string): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own, KEY_BYTES * 8)
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode(`hims sealed box ${context}`)
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: point, info }
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: KEY_BYTES * 8 }, false, ['encrypt', 'decrypt'])
}

function gcm(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context) }
}

const CHUNK = 8_192

export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += CHUNK) binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Throws for what is no base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
