import { useCallback, useEffect, useMemo, useState } from 'react'
import { useOutbox, useRecord, useSyncState, useTablet } from '#app/session/useTablet.ts'
import type { CollectionName } from '#domain/collections.ts'
import type { HistoryAnswer } from '#domain/sync/asking.ts'
import { type HistoryEntry, serverEntries, together } from './entries.ts'
import { localEntries } from './localEntries.ts'

export interface RecordHistory {
  entries: readonly HistoryEntry[]
  /** `here`: no server was asked. `failed`: it did not answer. */
  source: 'loading' | 'server' | 'here' | 'failed'
  /** The way to what is older; null when there is no more. */
  older: (() => void) | null
  isLoadingOlder: boolean
  again: () => void
}

/** Asked anew when the connection comes back and when the record changes; what was shown stays until the answer is there. */
export function useHistory(collection: CollectionName, recordId: string): RecordHistory {
  const tablet = useTablet()
  const { connection } = useSyncState()
  const record = useRecord(collection, recordId)?.record
  const outbox = useOutbox()
  const [answer, setAnswer] = useState<HistoryAnswer | null>(null)
  const [asking, setAsking] = useState<'first' | 'older' | 'failed' | null>(null)
  const isOnline = connection === 'online'

  const ask = useCallback(
    async (before: number | null) => {
      setAsking(before === null ? 'first' : 'older')
      const found = await tablet.history(collection, recordId, before).catch(() => null)
      setAsking(found === null ? 'failed' : null)
      if (found !== null) setAnswer((shown) => (before === null || shown === null ? found : joined(shown, found)))
    },
    [tablet, collection, recordId],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a record with another number has a history that grew
  useEffect(() => {
    if (isOnline) void ask(null)
  }, [isOnline, ask, record?.seq])

  const entries = useMemo(() => {
    const here = localEntries({ collection, recordId, outbox, record, accountId: tablet.account.id, deviceId: tablet.deviceId })
    return answer === null ? here : together(serverEntries(answer.rows, answer.people), here)
  }, [answer, collection, recordId, outbox, record, tablet])

  const last = answer?.more === true ? answer.rows.at(-1) : undefined
  return {
    entries,
    source: sourceOf(answer !== null, isOnline, asking),
    older: last === undefined || !isOnline ? null : () => void ask(last.seq),
    isLoadingOlder: asking === 'older',
    again: () => void ask(null),
  }
}

function sourceOf(isAnswered: boolean, isOnline: boolean, asking: 'first' | 'older' | 'failed' | null): RecordHistory['source'] {
  if (isAnswered) return 'server'
  if (!isOnline) return 'here'
  return asking === 'failed' ? 'failed' : 'loading'
}

function joined(shown: HistoryAnswer, older: HistoryAnswer): HistoryAnswer {
  return { rows: [...shown.rows, ...older.rows], people: { ...shown.people, ...older.people }, more: older.more }
}
