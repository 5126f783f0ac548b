import { OtherKey } from '#app/data/cipher.ts'
import { isWiping, tabletName } from '#app/data/localData.ts'
import type { Tablet } from '#app/data/tablet.ts'
import { type Session, workAs } from './account.ts'
import { keyring } from './browserKeyring.ts'
import { currentTablet } from './currentTablet.ts'
import { deviceKey } from './deviceKey.ts'
import { PIN_TRIES } from './heldKey.ts'
import { bringCopy, copyOf } from './keptKey.ts'
import { pinLock, tryPin } from './pin.ts'
import { StorageRefused } from './storageRefused.ts'
import { takeTyped } from './typedPassword.ts'

/** Why a tablet is not open: what the unlock screen says. */
export type Locked =
  /** Its password opens it. */
  | 'locked'
  /** The server took a password that this tablet does not know: it was changed elsewhere. */
  | 'password-changed'
  /** There is no key here yet; a sign-in makes one. */
  | 'no-key'
  /** What lies here was encrypted under a key that is gone. */
  | 'other-key'

/** Opens this account's tablet, or says why it stays locked. A wipe that had begun goes on without a key. */
export async function openFor(session: Session): Promise<{ tablet: Tablet; why: null } | { tablet: null; why: Locked }> {
  const key = isWiping(tabletName(session)) ? null : await keyOf(session)
  if (typeof key === 'string') return { tablet: null, why: key }
  try {
    const tablet = await currentTablet(session, key)
    bringCopy(session.account.id, tablet)
    return { tablet, why: null }
  } catch (error) {
    if (error instanceof StorageRefused && error.cause instanceof OtherKey) return { tablet: null, why: 'other-key' }
    throw error
  }
}

/** The key of this account: the one in use, or opened with the password that was just typed; a first sign-in makes it. */
async function keyOf(session: Session): Promise<CryptoKey | Locked> {
  const { id, email } = session.account
  const held = await deviceKey().find()
  if (held?.accountId === id && held.key !== null) return held.key
  const isKnown = await keyring.has(id)
  const password = takeTyped(email)
  if (password === null) return isKnown ? 'locked' : 'no-key'
  const key = isKnown ? await keyring.unlock(id, password) : await keyring.create(id, password)
  if (key !== null) return inUse(session, key)
  const copy = await copyOf(id)
  if (copy !== null) return inUse(session, await keyring.adopt(id, password, copy))
  refused = { accountId: id, password }
  return 'password-changed'
}

/** The password of today, which waits for the one that the key is under. */
let refused: { accountId: string; password: string } | null = null

/** Opens the tablet for this person, whoever's session the server has. @returns false when this is not the password */
export async function unlockWith(session: Session, password: string): Promise<boolean> {
  const { id } = session.account
  const key = await keyring.unlock(id, password)
  if (key === null) return false
  await takePasswordOfToday(id, password)
  workAs(session)
  await inUse(session, key)
  return true
}

/** @returns false when this is not the password of whoever works here */
export async function choosePin(password: string, pin: string): Promise<boolean> {
  const { held } = deviceKey()
  const raw = held && (await keyring.rawKey(held.accountId, password))
  if (!held || !raw) return false
  deviceKey().keepPin({ ...held, pin: await pinLock(held.accountId, raw, pin) })
  raw.fill(0)
  return true
}

/** Whether a PIN opens this account's tablet now. */
export function hasPin(accountId: string): boolean {
  const { held } = deviceKey()
  return held?.accountId === accountId && held.pin !== null
}

/** @returns how many tries are left, or null when the tablet is open */
export async function unlockWithPin(pin: string): Promise<number | null> {
  const { held } = deviceKey()
  const next = held && (await tryPin(held, pin))
  if (!next) {
    deviceKey().leave()
    return 0
  }
  if (next.key === null) {
    deviceKey().keepPin(next)
    return PIN_TRIES - (next.pin?.wrongTries ?? 0)
  }
  deviceKey().hold(next)
  return null
}

async function takePasswordOfToday(accountId: string, before: string): Promise<void> {
  if (refused?.accountId !== accountId) return
  const raw = await keyring.rawKey(accountId, before)
  if (raw !== null) await keyring.rewrap(accountId, refused.password, raw)
  raw?.fill(0)
  refused = null
}

async function inUse(session: Session, key: CryptoKey): Promise<CryptoKey> {
  await keyring.introduce(session)
  deviceKey().hold({ accountId: session.account.id, key, pin: null })
  return key
}
