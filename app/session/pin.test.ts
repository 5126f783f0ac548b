import { expect, test } from 'vitest'
import type { Held } from './heldKey.ts'
import { PIN, pinLock, tryPin } from './pin.ts'

const raw = () => new Uint8Array(32).fill(3)
const locked = async (): Promise<Held> => ({ accountId: 'amina', key: null, pin: await pinLock('amina', raw(), '204060', 1_000) })

test('a PIN is six figures', () => {
  expect(['204060', '20406', '2040600', '20406a', ''].map((pin) => PIN.test(pin))).toEqual([true, false, false, false, false])
})

test('the PIN gives back the key that was locked with it, and it cannot be taken out', async () => {
  const opened = await tryPin(await locked(), '204060')
  const key = opened?.key
  if (!key) throw new Error('locked')
  const iv = new Uint8Array(12)
  const same = await crypto.subtle.importKey('raw', raw(), 'AES-GCM', false, ['decrypt'])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode('Neema'))
  expect(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, same, sealed))).toBe('Neema')
  expect(key.extractable).toBe(false)
})

test('after five wrong tries the PIN is forgotten; a right one before counts them anew', async () => {
  let held: Held | null = await locked()
  for (let tries = 1; tries <= 4; tries += 1) held = held && (await tryPin(held, '000000'))
  expect(held?.pin?.wrongTries).toBe(4)
  expect(held?.key).toBeNull()
  const opened = held && (await tryPin(held, '204060'))
  expect(opened?.pin?.wrongTries).toBe(0)
  expect(held && (await tryPin(held, '000000'))).toBeNull()
})

test('a PIN of one account opens nothing of another', async () => {
  const held = await tryPin({ ...(await locked()), accountId: 'joseph' }, '204060')
  expect(held?.key).toBeNull()
})
