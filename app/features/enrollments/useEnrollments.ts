import { useMemo } from 'react'
import type { LocalRecord } from '#app/data/tablet.ts'
import { useRecords } from '#app/session/useTablet.ts'
import { type ProgramChoice, programChoices } from './programChoices.ts'

export interface ClientEnrollments {
  /** Those of now first, then the latest, those entered in error last. */
  enrollments: readonly LocalRecord<'enrollments'>[]
  choices: readonly ProgramChoice[]
}

const RANK: Partial<Record<string, number>> = { active: 0, 'entered-in-error': 2 }

export function useEnrollments(clientId: string): ClientEnrollments {
  const all = useRecords('enrollments')
  const programs = useRecords('programs')
  return useMemo(() => {
    const enrollments = all.filter(({ record }) => record.clientId === clientId).sort((a, b) => order(a.record, b.record))
    return {
      enrollments,
      choices: programChoices(
        programs.map(({ record }) => record),
        enrollments.map(({ record }) => record),
      ),
    }
  }, [all, programs, clientId])
}

type Enrollment = LocalRecord<'enrollments'>['record']

function order(a: Enrollment, b: Enrollment): number {
  return (RANK[a.status] ?? 1) - (RANK[b.status] ?? 1) || (a.enrolledOn < b.enrolledOn ? 1 : -1)
}
