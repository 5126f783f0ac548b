import type { SyncState } from '#app/data/tablet.ts'
import { clockIsOff } from '#app/session/clock.ts'
import type { Tone } from '#app/ui/Banner.tsx'

/** What the chip says first; keys of the words `shell.chip`. */
export type ChipSentence =
  | { key: 'storage' | 'server' | 'upgrade' | 'signedOut' | 'restoring' | 'nothing' | 'offline' | 'connecting' }
  | { key: 'firstSync'; received: number; total: number }
  | { key: 'firstSyncSoFar'; received: number }
  | { key: 'sending' | 'waiting'; count: number }

/** What stands beside it: a clock that is wrong, how far the first sync came, or when something was received last. */
export type ChipAside = { key: 'clock' } | { key: 'firstSyncSoFar'; received: number } | { key: 'received'; at: number | null }

export function chipSentence(sync: SyncState): ChipSentence {
  if (sync.problem !== null) return { key: sync.problem }
  if (sync.connection === 'signed-out') return { key: 'signedOut' }
  if (sync.connection === 'online' && typeof sync.firstSync === 'object') {
    const { received, total } = sync.firstSync
    return total === null ? { key: 'firstSyncSoFar', received } : { key: 'firstSync', received: Math.min(received, total), total }
  }
  if (sync.restoring && sync.connection === 'online') return { key: 'restoring' }
  if (sync.sending) return { key: 'sending', count: sync.unsent }
  if (sync.unsent > 0) return { key: 'waiting', count: sync.unsent }
  return { key: sync.connection === 'online' ? 'nothing' : sync.connection }
}

export function chipAside(sync: SyncState): ChipAside {
  if (clockIsOff(sync.clockOffset)) return { key: 'clock' }
  if (typeof sync.firstSync === 'object' && sync.connection !== 'online')
    return { key: 'firstSyncSoFar', received: sync.firstSync.received }
  return { key: 'received', at: sync.lastReceivedAt }
}

/** Offline is calm: nothing is wrong with it. */
export function chipTone(sync: SyncState): Tone {
  if (sync.problem !== null || sync.connection === 'signed-out' || clockIsOff(sync.clockOffset)) return 'warn'
  return sync.connection === 'online' && !sync.restoring ? 'good' : 'calm'
}
