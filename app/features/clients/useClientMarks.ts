import { useMemo } from 'react'
import { useRecords } from '#app/session/useTablet.ts'
import { type ClientMark, clientMarks } from './clientMarks.ts'

export function useClientMarks(): ReadonlyMap<string, ClientMark> {
  const clients = useRecords('clients')
  const enrollments = useRecords('enrollments')
  const issues = useRecords('issues')
  return useMemo(() => clientMarks({ clients, enrollments, issues }), [clients, enrollments, issues])
}
