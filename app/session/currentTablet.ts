import type { Tablet } from '#app/data/tablet.ts'
import { type Session, signOut } from './account.ts'
import { keyring } from './browserKeyring.ts'
import { forgetApp } from './forgetApp.ts'
import { StorageRefused } from './storageRefused.ts'

let current: { key: string; tablet: Promise<Tablet> } | null = null

export function isTabletOpen(): boolean {
  return current !== null
}

/** One tablet for each account and tab, however often a field page is entered. */
export function currentTablet(session: Session, dataKey: CryptoKey | null): Promise<Tablet> {
  const key = `${session.deploymentId}/${session.account.id}`
  if (current?.key === key) return current.tablet
  const before = current?.tablet
  const tablet = Promise.resolve(before)
    .then((open) => open?.close())
    .catch(() => undefined)
    // Loaded here, so that server pages and the server itself go without the database's 350 KB.
    .then(() => import('#app/data/openTablet.ts'))
    .then(({ openTablet }) => openTablet(session, dataKey, forgetting(session)))
    .catch((cause: unknown) => {
      current = null
      throw new StorageRefused('the tablet could not be opened', { cause })
    })
  current = { key, tablet }
  return tablet
}

/** A wipe takes the key before anything else, and the app's own files and worker last. */
function forgetting(session: Session) {
  return { key: () => keyring.remove(session.account.id), account: () => void signOut().then(forgetApp) }
}
