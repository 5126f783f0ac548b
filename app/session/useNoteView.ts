import { useEffect } from 'react'
import { useTablet } from './useTablet.ts'

/** A client's page is open: that is a reading, and the audit log hears of it when there is a connection. */
export function useNoteView(clientId: string): void {
  const tablet = useTablet()
  useEffect(() => tablet.noteView(clientId), [tablet, clientId])
}
