import { keyring } from './browserKeyring.ts'

/** The end of a wipe: where nobody else works on this tablet, the app's own files and its worker go too. */
export async function forgetApp(): Promise<void> {
  if ((await keyring.entries()).length > 0) return
  await keyring.clear()
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name)
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister()
}
