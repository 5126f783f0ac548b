import { useMemo } from 'react'
import { useOutbox, useRecords, useTablet } from '#app/session/useTablet.ts'
import { type Question, questionsOf } from './questions.ts'

/** All open questions on this tablet, newest first. */
export function useQuestions(): readonly Question[] {
  const issues = useRecords('issues')
  const outbox = useOutbox()
  const { account } = useTablet()
  return useMemo(
    () =>
      questionsOf(
        issues.map(({ record }) => record),
        outbox,
        account.id,
      ),
    [issues, outbox, account],
  )
}
