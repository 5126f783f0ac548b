import { type Held, PIN_TRIES, type PinLock } from './heldKey.ts'
import { type Bytes, unwrapKey, wrapKey } from './wrappedKey.ts'

/** Six figures, chosen anew each time the app has been started: nothing of a PIN is ever on the disk. */
export const PIN = /^\d{6}$/

export function pinLock(accountId: string, rawKey: Bytes, pin: string, iterations?: number): Promise<PinLock> {
  return wrapKey(rawKey, pin, purposeOf(accountId), iterations).then((wrapped) => ({ wrapped, wrongTries: 0 }))
}

/** @returns who holds the key now: open, or with one try less; null when there are none left and the password is asked for */
export async function tryPin(held: Held, pin: string): Promise<Held | null> {
  if (held.pin === null) return null
  const raw = await unwrapKey(held.pin.wrapped, pin, purposeOf(held.accountId))
  if (raw !== null) return { ...held, key: await inUse(raw), pin: { ...held.pin, wrongTries: 0 } }
  const wrongTries = held.pin.wrongTries + 1
  return wrongTries < PIN_TRIES ? { ...held, pin: { ...held.pin, wrongTries } } : null
}

async function inUse(raw: Bytes): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  raw.fill(0)
  return key
}

function purposeOf(accountId: string): string {
  return `hims pin|${accountId}|1`
}
