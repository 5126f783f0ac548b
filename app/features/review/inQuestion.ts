import type { Fields } from '#domain/scalars.ts'
import { conflictDetail, recoveredDetail, refusedDetail } from '#domain/sync/issue.ts'
import { DELETED } from '#domain/sync/merge.ts'
import type { Question } from './questions.ts'
import { readDetail } from './readDetail.ts'
import { rowsOf, valuesOf } from './refused.ts'

/** What a question says of a record that the tablet may not hold: enough to name it. */
export function saidIn({ issue, kind, refused }: Question): Fields {
  if (refused !== null) return valuesOf(refused)
  if (issue === null || kind !== 'recovered') return {}
  return readDetail(recoveredDetail, issue.detail)?.record ?? {}
}

/** The fields in question; of a registration all of them, so none is named. */
export function fieldsIn({ issue, kind, refused }: Question): string[] {
  if (refused !== null) return refused.op === 'create' ? [] : rowsOf(refused).map(({ field }) => field)
  if (issue === null || kind !== 'conflict') return []
  return (readDetail(conflictDetail, issue.detail)?.fields ?? []).map(({ field }) => field).filter((field) => field !== DELETED)
}

/** Who wrote what the question is about; null when only the account's id is known. */
export function authorIn({ issue, kind }: Question): { id: string; name: string | null } | null {
  if (issue === null) return null
  if (kind === 'conflict') return readDetail(conflictDetail, issue.detail)?.toBy ?? null
  return kind === 'rejected' || kind === 'parked' ? (readDetail(refusedDetail, issue.detail)?.by ?? null) : null
}
