import { fromBase64, toBase64 } from './base64.ts'

/** This text was encrypted under another key: nothing may be decided, and nothing overwritten, with this one. */
export class OtherKey extends Error {
  override name = 'OtherKey'
}

const IV_BYTES = 12
/** As many random bytes as a browser gives at once. */
const IVS_AT_ONCE = 5_000
/** The length of the key's own mark: 6 signs are 36 bits of it, enough to tell keys apart and no help in finding one. */
const MARK = 6
/** Begins every encrypted text, and no JSON. The figure is the format's. */
const BEGIN = '~1'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A text to be encrypted, and what it belongs to: put anywhere else it does not open. */
export interface Bound {
  text: string
  /** collection|id|version */
  to: string
}

/**
 * Texts encrypted with AES-256-GCM, as text: `~1`, the key's mark, and in base64 a random 96-bit nonce, the ciphertext and
 * its 128-bit tag. Many at a time: a call of its own costs 15 microseconds, and they run side by side.
 */
export class Cipher {
  readonly #begin: string

  private constructor(
    readonly key: CryptoKey,
    mark: string,
  ) {
    this.#begin = `${BEGIN}${mark}.`
  }

  static async of(key: CryptoKey): Promise<Cipher> {
    // The tag of nothing under the nonce of zeros, which no text is encrypted under: the random ones have 96 bits.
    const nothing = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(IV_BYTES) }, key, new Uint8Array())
    return new Cipher(key, toBase64(new Uint8Array(nothing)).slice(0, MARK))
  }

  encrypt(texts: readonly Bound[]): Promise<string[]> {
    let ivs = new Uint8Array()
    return Promise.all(
      texts.map(({ text, to }, index) => {
        const at = (index % IVS_AT_ONCE) * IV_BYTES
        if (at === 0) ivs = crypto.getRandomValues(new Uint8Array(Math.min(texts.length - index, IVS_AT_ONCE) * IV_BYTES))
        const iv = ivs.subarray(at, at + IV_BYTES)
        return crypto.subtle
          .encrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(to) }, this.key, encoder.encode(text))
          .then((sealed) => this.#begin + toBase64(iv) + toBase64(new Uint8Array(sealed)))
      }),
    )
  }

  /** In place of a text that was altered or damaged stands null. Throws `OtherKey`. */
  async decrypt(texts: readonly Bound[]): Promise<(string | null)[]> {
    if (texts.some(({ text }) => !text.startsWith(this.#begin))) throw new OtherKey()
    // All of them or none: to look after each by itself costs as much again, and none is damaged.
    const opened = await this.#openAll(texts).catch(() => null)
    if (opened !== null) return opened.map((bytes) => decoder.decode(bytes))
    return Promise.all(texts.map((one) => this.#openOrNull(one)))
  }

  async #openAll(texts: readonly Bound[]): Promise<ArrayBuffer[]> {
    return Promise.all(texts.map((one) => this.#open(one)))
  }

  #open({ text, to }: Bound): Promise<ArrayBuffer> {
    const bytes = fromBase64(text.slice(this.#begin.length))
    const parameters = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData: encoder.encode(to) }
    return crypto.subtle.decrypt(parameters, this.key, bytes.subarray(IV_BYTES))
  }

  async #openOrNull(one: Bound): Promise<string | null> {
    try {
      return decoder.decode(await this.#open(one))
    } catch {
      return null
    }
  }
}

export function isEncrypted(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith(BEGIN)
}
