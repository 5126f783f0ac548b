import { IssueBanner } from './IssueBanner.tsx'
import type { Question } from './questions.ts'

/** On a record's page: one is open, several are folded, so that the record stays in sight. */
export function IssueBanners({ questions, clientId }: { questions: readonly Question[]; clientId?: string }) {
  if (questions.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      {questions.map((question) => (
        <IssueBanner
          key={question.id}
          question={question}
          startsOpen={questions.length === 1}
          {...(clientId !== undefined && { clientId })}
        />
      ))}
    </div>
  )
}
