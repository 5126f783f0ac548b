import { mirrorName } from './databases.ts'
import { dropDraftsOfAccount } from './drafts.ts'
import { MIRROR_VERSION } from './schemas.ts'
import type { WipeMemory, Wiping } from './wipe.ts'

/** What of this app lies in the browser outside RxDB. */

/** Of an account's databases: each person on a tablet has their own. */
export function tabletName({ deploymentId, account }: { deploymentId: string; account: { id: string } }): string {
  return `hims-${deploymentId}-${account.id}`
}

export function isWiping(name: string): boolean {
  return localStorage.getItem(wipingKey(name)) !== null
}

function wipingKey(name: string): string {
  return `hims.wiping.${name}`
}

/**
 * @param accountId whose drafts go: another doctor of this tablet has not been revoked (rule W4)
 * @param forgetAccount once the server knows: until then the account is what opens this tablet, to tell it
 */
export function storedWipe(name: string, accountId: string, forgetAccount: () => void): WipeMemory {
  const key = wipingKey(name)
  return {
    read: () => JSON.parse(localStorage.getItem(key) ?? 'null') as Wiping | null,
    write: (wiping) => {
      if (wiping === null) {
        localStorage.removeItem(key)
        return forgetAccount()
      }
      localStorage.setItem(key, JSON.stringify(wiping))
      dropDraftsOfAccount(accountId)
    },
  }
}

/** Mirrors of earlier versions of the app: they are built anew, never migrated. */
export async function dropOldMirrors(name: string): Promise<void> {
  for (let version = 1; version < MIRROR_VERSION; version += 1) await deleteDatabases(mirrorName(name, version))
}

/** RxDB empties a database that it removes; its name, which is an account's, would stay. */
export async function deleteDatabases(name: string): Promise<void> {
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? []
  const own = databases.flatMap((database) => (database.name?.startsWith(`rxdb-dexie-${name}-`) ? [database.name] : []))
  await Promise.all(own.map(deleteDatabase))
}

/** The storage is full: what other accounts of this tablet have received can be received again. Nobody's changes are touched. */
export async function dropOtherMirrors(name: string): Promise<void> {
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? []
  const others = databases.flatMap((database) => (isOthersMirror(database.name ?? '', name) ? [database.name ?? ''] : []))
  await Promise.all(others.map(deleteDatabase))
}

export function isOthersMirror(database: string, own: string): boolean {
  return /^rxdb-dexie-hims-.+-mirror-\d+--/.test(database) && !database.startsWith(`rxdb-dexie-${own}-mirror-`)
}

/** One that another tab holds open goes when that tab lets go. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    for (const event of ['success', 'error', 'blocked']) request.addEventListener(event, () => resolve())
  })
}
