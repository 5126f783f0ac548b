import { beforeAll, describe, expect, test } from 'vitest'
import { fromBase64Url, importOpeningKey, kidOf, openBox, type SealingKey, sealTo, toBase64Url } from './sealedBox.ts'

let key: SealingKey
let opening: CryptoKey
const TEXT = JSON.stringify({ name: 'Wanjikũ — نور', notes: 'x'.repeat(20_000) })

beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  key = { kid: 'k1', raw: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) }
  opening = await importOpeningKey(await crypto.subtle.exportKey('jwk', pair.privateKey))
})

describe('a sealed box', () => {
  test('opens with the private half, for what it was sealed for', async () => {
    const box = await sealTo(key, TEXT, 'change|a')
    expect(kidOf(box)).toBe('k1')
    expect(await openBox(opening, box, 'change|a')).toBe(TEXT)
  })

  test('holds nothing of the text, and no two boxes of one text are alike', async () => {
    const [one, two] = await Promise.all([sealTo(key, TEXT, 'c'), sealTo(key, TEXT, 'c')])
    expect(one.split('.').slice(1)).not.toEqual(two.split('.').slice(1))
    expect(one).not.toContain('xxxx')
  })

  test('does not open for something else, with another key, or when any part was altered', async () => {
    const box = await sealTo(key, 'a', 'change|a')
    expect(await openBox(opening, box, 'change|b')).toBeNull()
    const other = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
    expect(await openBox(other.privateKey, box, 'change|a')).toBeNull()
    for (const part of [1, 2, 3]) {
      const parts = box.split('.')
      const bytes = fromBase64Url(parts[part] ?? '')
      bytes[5] = (bytes[5] ?? 0) ^ 1
      parts[part] = toBase64Url(bytes)
      expect(await openBox(opening, parts.join('.'), 'change|a'), `part ${part}`).toBeNull()
    }
  })

  test('what is no box is answered, not thrown at', async () => {
    for (const text of ['', '....', 'a.b.c', 'a.b.c.d.e', 'k1.!.a.b', 'k1.AAAA.AAAA.AAAA']) {
      expect(await openBox(opening, text, 'c'), text).toBeNull()
    }
    expect(kidOf('a.b.c')).toBeNull()
  })
})
