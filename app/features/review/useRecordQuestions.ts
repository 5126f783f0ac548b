import { useMemo } from 'react'
import { concernsClient, type Question } from './questions.ts'
import { useQuestions } from './useQuestions.ts'

/** Open questions about a client or one of its enrollments. */
export function useClientQuestions(clientId: string): readonly Question[] {
  const questions = useQuestions()
  return useMemo(() => questions.filter((question) => concernsClient(question, clientId)), [questions, clientId])
}

export function useProgramQuestions(programId: string): readonly Question[] {
  const questions = useQuestions()
  return useMemo(
    () => questions.filter(({ collection, recordId }) => collection === 'programs' && recordId === programId),
    [questions, programId],
  )
}
