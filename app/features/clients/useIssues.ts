import { useMemo } from 'react'
import { useRecords } from '#app/session/useTablet.ts'
import type { RecordOf } from '#domain/collections.ts'

/** Open questions about a client or one of its enrollments, whose ids begin with the client's. */
export function useIssues(clientId: string): readonly RecordOf<'issues'>[] {
  const issues = useRecords('issues')
  return useMemo(
    () => issues.flatMap(({ record }) => (record.state === 'open' && concerns(record, clientId) ? [record] : [])),
    [issues, clientId],
  )
}

/** A possible duplicate names both clients, and is shown at both. */
function concerns({ id, recordId }: RecordOf<'issues'>, clientId: string): boolean {
  return recordId === clientId || recordId.startsWith(`${clientId}.`) || (id.startsWith('duplicate.') && id.split('.').includes(clientId))
}
