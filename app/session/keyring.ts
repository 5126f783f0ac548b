import type { SessionAnswer, SignedInAccount } from '#domain/accounts/account.ts'
import { type Bytes, ITERATIONS, unwrapKey, type WrappedKey, wrapKey } from './wrappedKey.ts'

/**
 * The data keys of this tablet: one for each account, random, and on the disk only as the account's password wraps it.
 * Whoever holds the tablet and not the password has nothing to read its records with (docs/decisions/0022).
 */
export interface KeyringEntry {
  accountId: string
  wrapped: WrappedKey
  /** Who it is, for the list of those who may unlock this tablet; null until the tablet was opened once. */
  session: (SessionAnswer & { account: SignedInAccount }) | null
}

/** Where the entries lie. A write that has resolved is on the disk: what is encrypted under a key that is lost is lost. */
export interface KeyringStore {
  all(): Promise<KeyringEntry[]>
  read(accountId: string): Promise<KeyringEntry | null>
  write(entry: KeyringEntry): Promise<void>
  remove(accountId: string): Promise<void>
  /** Leaves nothing of the store itself. */
  clear(): Promise<void>
}

export interface KeyringOptions {
  store: KeyringStore
  /** A data key was made: the server is to keep a copy of it. The bytes are overwritten after it has answered. */
  onNewKey?: (accountId: string, rawKey: Bytes) => Promise<void> | void
  iterations?: number
}

const KEY_BYTES = 32

export class Keyring {
  constructor(readonly options: KeyringOptions) {}

  entries(): Promise<KeyringEntry[]> {
    return this.options.store.all()
  }

  async has(accountId: string): Promise<boolean> {
    return (await this.options.store.read(accountId)) !== null
  }

  /** @returns the data key, which cannot be taken out of the browser's hands; null when the password does not open it */
  async unlock(accountId: string, password: string): Promise<CryptoKey | null> {
    const raw = await this.rawKey(accountId, password)
    return raw && inUse(raw)
  }

  /** The bytes themselves, for what wraps them anew: a PIN, an escrow. To be overwritten after use (`forgetBytes`). */
  async rawKey(accountId: string, password: string): Promise<Bytes | null> {
    const entry = await this.options.store.read(accountId)
    return entry && unwrapKey(entry.wrapped, password, purposeOf(accountId))
  }

  /** A new key. What was encrypted under another one of this account can no longer be read. */
  async create(accountId: string, password: string): Promise<CryptoKey> {
    const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
    await this.rewrap(accountId, password, raw)
    await this.options.onNewKey?.(accountId, raw)
    return inUse(raw)
  }

  /** The same key under another password. */
  async rewrap(accountId: string, password: string, rawKey: Bytes): Promise<void> {
    const wrapped = await wrapKey(rawKey, password, purposeOf(accountId), this.options.iterations ?? ITERATIONS)
    const known = await this.options.store.read(accountId)
    await this.options.store.write({ accountId, wrapped, session: known?.session ?? null })
  }

  /** A key of this account that came back from the server, under the password of today. */
  async adopt(accountId: string, password: string, rawKey: Bytes): Promise<CryptoKey> {
    await this.rewrap(accountId, password, rawKey)
    return inUse(rawKey)
  }

  /** Who the key belongs to, as the server said last. */
  async introduce(session: NonNullable<KeyringEntry['session']>): Promise<void> {
    const entry = await this.options.store.read(session.account.id)
    if (entry !== null && JSON.stringify(entry.session) !== JSON.stringify(session)) await this.options.store.write({ ...entry, session })
  }

  /** When nobody has a key here any more. */
  clear(): Promise<void> {
    return this.options.store.clear()
  }

  /** Everything encrypted under this account's key is beyond reading from here on. */
  remove(accountId: string): Promise<void> {
    return this.options.store.remove(accountId)
  }
}

/** Takes the bytes out of memory as far as a script can. */
export function forgetBytes(bytes: Bytes): void {
  bytes.fill(0)
}

async function inUse(raw: Bytes): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  forgetBytes(raw)
  return key
}

function purposeOf(accountId: string): string {
  return `hims data key|${accountId}|1`
}
