import { beforeEach, expect, test, vi } from 'vitest'
import { Keyring, type KeyringEntry, type KeyringStore } from './keyring.ts'
import { ITERATIONS } from './wrappedKey.ts'

/** Few, as what is tested does not depend on how long they take. */
const iterations = 1_000
const PASSWORD = 'a green door by the well'
let entries: Map<string, KeyringEntry>
let keyring: Keyring

const store = (): KeyringStore => ({
  all: async () => [...entries.values()],
  read: async (accountId) => entries.get(accountId) ?? null,
  write: async (entry) => void entries.set(entry.accountId, structuredClone(entry)),
  remove: async (accountId) => void entries.delete(accountId),
  clear: async () => entries.clear(),
})

beforeEach(() => {
  entries = new Map()
  keyring = new Keyring({ store: store(), iterations })
})

const iv = new Uint8Array(12)
const seal = (key: CryptoKey) => crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode('Neema'))
async function open(key: CryptoKey | null, sealed: ArrayBuffer): Promise<string> {
  if (key === null) throw new Error('locked')
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed))
}

test('what was encrypted under the key is read again after an unlock with the same password', async () => {
  const sealed = await seal(await keyring.create('amina', PASSWORD))
  expect(await open(await keyring.unlock('amina', PASSWORD), sealed)).toBe('Neema')
})

test('another password opens nothing, and alters nothing', async () => {
  await keyring.create('amina', PASSWORD)
  const before = structuredClone(entries.get('amina'))
  expect(await keyring.unlock('amina', 'a green door by the wall')).toBeNull()
  expect(await keyring.unlock('joseph', PASSWORD)).toBeNull()
  expect(entries.get('amina')).toEqual(before)
})

test('a key in use cannot be taken out of the browser', async () => {
  const key = await keyring.create('amina', PASSWORD)
  expect(key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('the same key goes under a new password, and the old one no longer opens it', async () => {
  const sealed = await seal(await keyring.create('amina', PASSWORD))
  const raw = await keyring.rawKey('amina', PASSWORD)
  if (raw === null) throw new Error('locked')
  await keyring.rewrap('amina', 'rain falls on tin roofs', raw)
  expect(await open(await keyring.unlock('amina', 'rain falls on tin roofs'), sealed)).toBe('Neema')
  expect(await keyring.unlock('amina', PASSWORD)).toBeNull()
})

test('who keeps a copy is given the key when it is made, and a key that comes back is the same', async () => {
  const kept: Uint8Array<ArrayBuffer>[] = []
  const onNewKey = vi.fn((_account: string, raw: Uint8Array<ArrayBuffer>) => void kept.push(raw.slice()))
  keyring = new Keyring({ store: store(), iterations, onNewKey })
  const sealed = await seal(await keyring.create('amina', PASSWORD))
  expect(onNewKey).toHaveBeenCalledOnce()
  entries.clear()
  const [copy = new Uint8Array()] = kept
  expect(await open(await keyring.adopt('amina', 'a new password of hers', copy), sealed)).toBe('Neema')
  expect(onNewKey).toHaveBeenCalledOnce()
  expect(await open(await keyring.unlock('amina', 'a new password of hers'), sealed)).toBe('Neema')
})

test('an entry that was moved to another account does not open there', async () => {
  await keyring.create('amina', PASSWORD)
  const [entry] = entries.values()
  if (entry) entries.set('joseph', { ...entry, accountId: 'joseph' })
  expect(await keyring.unlock('joseph', PASSWORD)).toBeNull()
})

test('each account has a key and a salt of its own, also under the same password', async () => {
  const sealed = await seal(await keyring.create('amina', PASSWORD))
  const other = await keyring.create('joseph', PASSWORD)
  await expect(open(other, sealed)).rejects.toThrow()
  expect(entries.get('amina')?.wrapped.salt).not.toEqual(entries.get('joseph')?.wrapped.salt)
})

test('nothing that lies in the store is the key or the password', async () => {
  const raws: string[] = []
  keyring = new Keyring({ store: store(), iterations, onNewKey: (_account, raw) => void raws.push(hex(raw)) })
  await keyring.create('amina', PASSWORD)
  const wrapped = entries.get('amina')?.wrapped
  const written = [wrapped?.salt, wrapped?.iv, wrapped?.sealed].map((bytes) => hex(bytes ?? new Uint8Array()))
  expect(raws[0]).toHaveLength(64)
  expect(written.join()).not.toContain(raws[0])
  expect(JSON.stringify([...entries.values()])).not.toContain(PASSWORD)
})

test('a password is worked on 600,000 times unless a test says otherwise', async () => {
  await new Keyring({ store: store() }).create('amina', PASSWORD)
  expect(entries.get('amina')?.wrapped.iterations).toBe(ITERATIONS)
  expect(ITERATIONS).toBe(600_000)
})

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
