import type { RecordOf } from '#domain/collections.ts'
import { ConflictBanner } from './ConflictBanner.tsx'
import { DuplicateBanner } from './DuplicateBanner.tsx'
import { RefusedBanner } from './RefusedBanner.tsx'

/** An open question, on the record and never in its way. */
export function IssueBanner({ issue, clientId }: { issue: RecordOf<'issues'>; clientId: string }) {
  if (issue.kind === 'conflict') return <ConflictBanner issue={issue} />
  if (issue.kind === 'possible-duplicate') return <DuplicateBanner issue={issue} clientId={clientId} />
  return <RefusedBanner issue={issue} />
}
