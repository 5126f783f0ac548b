import type { FirstSync, SyncState } from '#app/data/tablet.ts'

/** What the panel of the first sync says. `hint` is a key of the words `sync.first`. */
export interface FirstSyncView {
  /** null before anything has come. */
  progress: FirstSync | null
  hint: 'meanwhile' | 'starting' | 'offline' | 'offlineFirst' | 'signed-out'
  /** Why it stands still although there is a network. */
  problem: SyncState['problem']
}

export function firstSyncView({ firstSync, connection, problem }: SyncState): FirstSyncView | null {
  if (firstSync === 'done') return null
  const progress = firstSync === 'waiting' ? null : firstSync
  const runs = connection === 'online' && problem === null
  return {
    progress: progress === null ? null : { ...progress, msLeft: runs ? progress.msLeft : null },
    hint: hintOf(connection, progress !== null),
    problem: connection === 'online' ? problem : null,
  }
}

function hintOf(connection: SyncState['connection'], hasBegun: boolean): FirstSyncView['hint'] {
  if (connection === 'signed-out') return 'signed-out'
  if (connection === 'offline') return hasBegun ? 'offline' : 'offlineFirst'
  return hasBegun ? 'meanwhile' : 'starting'
}
