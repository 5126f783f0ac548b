/** The same in every browser of a bench, so that one opens what another has stored. It protects nothing. */
export function benchKey(): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, ['encrypt', 'decrypt'])
}
