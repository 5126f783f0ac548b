import { useCallback, useEffect, useState } from 'react'
import { useSyncState, useTablet } from '#app/session/useTablet.ts'
import type { SeenAnswer } from '#domain/sync/asking.ts'

export interface Seen {
  answer: SeenAnswer | null
  state: 'asking' | 'there' | 'failed' | 'offline'
  /** The way to what is older; null when there is no more. */
  older: (() => void) | null
  again: () => void
}

/** Asked anew when the connection comes back; what was shown stays until the answer is there. */
export function useSeen(clientId: string): Seen {
  const tablet = useTablet()
  const isOnline = useSyncState().connection === 'online'
  const [answer, setAnswer] = useState<SeenAnswer | null>(null)
  const [state, setState] = useState<'asking' | 'there' | 'failed'>('asking')

  const ask = useCallback(
    async (before: number | null) => {
      setState('asking')
      const found = await tablet.seen(clientId, before).catch(() => null)
      setState(found === null ? 'failed' : 'there')
      if (found !== null) setAnswer((shown) => (before === null || shown === null ? found : joined(shown, found)))
    },
    [tablet, clientId],
  )
  useEffect(() => {
    if (isOnline) void ask(null)
  }, [isOnline, ask])

  const last = answer?.more === true ? answer.rows.at(-1) : undefined
  return {
    answer,
    state: isOnline ? state : 'offline',
    older: last === undefined || !isOnline ? null : () => void ask(last.seq),
    again: () => void ask(null),
  }
}

function joined(shown: SeenAnswer, older: SeenAnswer): SeenAnswer {
  return { rows: [...shown.rows, ...older.rows], names: { ...shown.names, ...older.names }, more: older.more }
}
