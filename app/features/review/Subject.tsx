import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import { isClientNumber, spokenClientNumber } from '#domain/clients/number.ts'
import { authorIn, fieldsIn } from './inQuestion.ts'
import type { Question } from './questions.ts'
import { useQuestionName } from './useQuestionName.ts'

/** Whom and what a question of the list is about, whose change it came from, and when. */
export function Subject({ question }: { question: Question }) {
  const { t, i18n } = useTranslation()
  const nameOfQuestion = useQuestionName()
  const { nameOf } = useFieldWords()
  const whoIs = useAuthorWords()
  const { recordId, actorId, at } = question
  const name = nameOfQuestion(question)
  const number = recordId.split('.')[0] ?? ''
  const author = authorIn(question)
  const who = author !== null || actorId !== null ? whoIs(author?.id ?? actorId, author?.name) : null
  const when = formatInstant(at, i18n.language)
  const fields = fieldsIn(question).map(nameOf)
  return (
    <>
      <span className="block font-bold text-ink">{name}</span>
      {isClientNumber(number) && !name.startsWith(spokenClientNumber(number)) && (
        <bdi className="block font-mono text-sm text-ink-soft">{spokenClientNumber(number)}</bdi>
      )}
      {fields.length > 0 && <span className="block text-ink">{new Intl.ListFormat(i18n.language).format(fields)}</span>}
      <span className="block text-sm text-ink-soft">{who === null ? when : t('review.author', { who, when })}</span>
    </>
  )
}
