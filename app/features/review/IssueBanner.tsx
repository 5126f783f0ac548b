import { ConflictBanner } from './ConflictBanner.tsx'
import { DuplicateBanner } from './DuplicateBanner.tsx'
import type { FrameProps } from './IssueFrame.tsx'
import { ParkedBanner } from './ParkedBanner.tsx'
import type { Question } from './questions.ts'
import { RecoveredBanner } from './RecoveredBanner.tsx'
import { RejectedBanner } from './RejectedBanner.tsx'

export interface IssueBannerProps extends FrameProps {
  question: Question
  /** The client whose page it is shown on: a possible duplicate then speaks of the other one. */
  clientId?: string
}

/** An open question and its answers, by kind. */
export function IssueBanner({ clientId, ...props }: IssueBannerProps) {
  switch (props.question.kind) {
    case 'conflict':
      return <ConflictBanner {...props} />
    case 'possible-duplicate':
      return <DuplicateBanner {...props} clientId={clientId ?? props.question.recordId} />
    case 'recovered':
      return <RecoveredBanner {...props} />
    case 'parked':
      return <ParkedBanner {...props} />
    case 'rejected':
      return <RejectedBanner {...props} />
  }
}
