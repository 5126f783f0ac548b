import type { Change, PushResult } from '#domain/sync/change.ts'
import { isDatabaseError } from '#server/database/failure.ts'
import { applyChange } from './apply.ts'
import type { Author, Batch } from './batch.ts'
import { begin, type Origin, PUSHED, reject } from './outcome.ts'

/** A change that fails in a way nobody foresaw is kept whole for the administrator; those behind it go on (P10). */
export async function applySafely(batch: Batch, author: Author, change: Change, origin: Origin = PUSHED): Promise<PushResult> {
  for (let tries = 1; ; tries += 1) {
    try {
      // A copy: where it lands may rename what it names, and it is kept as it came.
      const copy = { ...change, fields: { ...change.fields } }
      return await batch.attempt(() => applyChange(batch, author, copy, origin))
    } catch (error) {
      if (isDatabaseError(error)) throw error
      if (tries === 2) return reject(batch, begin(batch, author, change, origin), change, 'internal')
    }
  }
}
