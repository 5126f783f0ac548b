import { Users } from 'lucide-react'
import type { Person } from './people.ts'
import { useLiveWords } from './useLiveWords.ts'

/** Who else has this record open. The line is always there, so that nothing moves when somebody comes or goes. */
export function PeopleHere({ people }: { people: readonly Person[] }) {
  const { here } = useLiveWords()
  const sentences = here(people)
  return (
    <p role="status" className="no-print -my-4 flex min-h-6 items-start gap-2 text-sm font-medium text-primary">
      {sentences.length > 0 && (
        <>
          <Users aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0">{sentences.join(' · ')}</span>
        </>
      )}
    </p>
  )
}
