import { TABLET_KEY_BYTES, tabletKeyAnswer, tabletKeyContext } from '#domain/accounts/tabletKey.ts'
import { fromBase64Url, type SealingKey, sealTo, toBase64Url } from '#domain/sealedBox.ts'

/**
 * The server keeps a copy of each data key, so that a new password opens what the old one had closed. Until it has it,
 * the copy waits here in a box that only the server opens (rule K3).
 */

const KEY = 'hims.escrow.'

interface Waiting {
  keyId: string
  /** Null once the server has it. */
  box: string | null
}

export interface EscrowOptions {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** The server's endpoint; rejects when there is no answer. */
  post: (body: Record<string, string>) => Promise<Response>
  newId: () => string
}

export type Given = { kind: 'key'; raw: Uint8Array<ArrayBuffer> } | { kind: 'offline' | 'sign-in' | 'none' }

export function createEscrow({ storage, post, newId }: EscrowOptions) {
  const read = (accountId: string): Waiting | null => {
    try {
      return JSON.parse(storage.getItem(KEY + accountId) ?? 'null') as Waiting | null
    } catch {
      return null
    }
  }
  const write = (accountId: string, waiting: Waiting) => storage.setItem(KEY + accountId, JSON.stringify(waiting))

  return {
    /** A data key was made. Resolves when its copy is on this device, closed. */
    async putAside(accountId: string, rawKey: Uint8Array, sealingKey: SealingKey): Promise<void> {
      const keyId = newId()
      const box = await sealTo(sealingKey, toBase64Url(rawKey), tabletKeyContext(accountId, keyId))
      write(accountId, { keyId, box })
    },

    /** Whenever the server is there. @returns whether the server has the key of this account */
    async bringUp(accountId: string, deviceId: string): Promise<boolean> {
      const waiting = read(accountId)
      if (waiting === null) return false
      if (waiting.box === null) return true
      const answer = await post({ ask: 'keep', keyId: waiting.keyId, deviceId, box: waiting.box }).catch(() => null)
      if (!answer?.ok) return false
      write(accountId, { ...waiting, box: null })
      return true
    },

    /** After a sign-in with a password that does not open this tablet. */
    async askBack(accountId: string): Promise<Given> {
      const waiting = read(accountId)
      if (waiting === null) return { kind: 'none' }
      const answer = await post({ ask: 'give', keyId: waiting.keyId }).catch(() => null)
      if (answer === null || answer.status >= 500) return { kind: 'offline' }
      const body = tabletKeyAnswer.safeParse(await answer.json().catch(() => null))
      if (answer.ok && body.success) return readKey(body.data.key)
      return { kind: answer.status === 404 ? 'none' : 'sign-in' }
    },

    forget(accountId: string): void {
      storage.removeItem(KEY + accountId)
    },
  }
}

function readKey(text: string): Given {
  const raw = fromBase64Url(text)
  return raw.length === TABLET_KEY_BYTES ? { kind: 'key', raw } : { kind: 'none' }
}

/** Of this browser. A redirect to the sign-in is an answer like every other: nobody is signed in. */
export function browserEscrow() {
  return createEscrow({
    storage: localStorage,
    post: (body) =>
      fetch('/api/tablet-key', {
        method: 'POST',
        // As a form: the pages' addresses take nothing else.
        body: new URLSearchParams(body),
        redirect: 'manual',
      }),
    newId: () => crypto.randomUUID(),
  })
}
