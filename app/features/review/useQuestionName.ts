import { nameSaid, useRecordNames } from '#app/words/useRecordNames.ts'
import { saidIn } from './inQuestion.ts'
import type { Question } from './questions.ts'

/** Whom or what a question is about. Under a number that was taken lives somebody else: that name must not be shown. */
export function useQuestionName(): (question: Question) => string {
  const { recordName } = useRecordNames()
  return (question) => {
    const said = saidIn(question)
    return (question.reason === 'id-taken' && nameSaid(said)) || recordName(question.collection, question.recordId, said)
  }
}
