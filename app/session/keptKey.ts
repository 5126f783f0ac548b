import type { Tablet } from '#app/data/tablet.ts'
import { storedAccount } from './account.ts'
import { browserEscrow } from './escrow.ts'

/** The copy of this tablet's key that the server keeps (app/session/escrow.ts), for this browser. */

/** A key was made: closed to the server at once, and brought there when there is a connection. */
export async function keepCopy(accountId: string, rawKey: Uint8Array): Promise<void> {
  const session = storedAccount()
  if (session?.account.id === accountId && session.sealingKey) await browserEscrow().putAside(accountId, rawKey, session.sealingKey)
}

/** Until the server has the copy: with each connection. */
export function bringCopy(accountId: string, tablet: Tablet): void {
  let asking = false
  const bring = () => {
    if (asking || tablet.sync().connection !== 'online') return
    asking = true
    void browserEscrow()
      .bringUp(accountId, tablet.deviceId)
      .then((isThere) => {
        if (isThere) stop()
      })
      .finally(() => {
        asking = false
      })
  }
  const stop = tablet.subscribe(bring)
  bring()
}

/** For somebody who has just signed in with a password that this tablet does not know; null when there is none to be had. */
export async function copyOf(accountId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const given = await browserEscrow().askBack(accountId)
  return given.kind === 'key' ? given.raw : null
}
