type Bytes = Uint8Array<ArrayBuffer>

/** The browser's own way, which came in 2025, is about ten times as quick as the way around. */
const native = Uint8Array as unknown as { fromBase64?: (text: string) => Bytes }

export function toBase64(bytes: Bytes): string {
  const own = bytes as Bytes & { toBase64?: () => string }
  if (own.toBase64 !== undefined) return own.toBase64()
  let binary = ''
  // In parts: a call takes some ten thousand arguments at most.
  for (let from = 0; from < bytes.length; from += PART) binary += String.fromCharCode(...bytes.subarray(from, from + PART))
  return btoa(binary)
}

/** Throws when the text is none. */
export function fromBase64(text: string): Bytes {
  if (native.fromBase64 !== undefined) return native.fromBase64(text)
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}

const PART = 8_192
