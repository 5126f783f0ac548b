import { type SealingKey, sealTo } from '#domain/sealedBox.ts'
import { sealedContext } from '#domain/sync/sealed.ts'
import type { Seal } from './outbox.ts'

/** Closes changes to the server that this key is of. */
export function sealFor(key: SealingKey): Seal {
  return (changeId, body) => sealTo(key, body, sealedContext(changeId))
}
