import { useMemo } from 'react'
import { useRecords } from '#app/session/useTablet.ts'
import { useToday } from '#app/session/useToday.ts'
import { dueVisits } from '#domain/enrollments/visits.ts'

/** The visits that this tablet knows of, by how due they are. @param programId only of this one; '' for all */
export function useDueVisits(programId = '') {
  const today = useToday()
  const enrollments = useRecords('enrollments')
  const clients = useRecords('clients')
  return useMemo(() => {
    // An enrollment may arrive before its person, and stays when they were removed.
    const here = new Set(clients.map(({ record }) => record.id))
    const wanted = enrollments.flatMap(({ record }) =>
      record.nextVisitOn !== null && here.has(record.clientId) && (programId === '' || record.programId === programId) ? [record] : [],
    )
    return dueVisits(wanted, today)
  }, [enrollments, clients, programId, today])
}
