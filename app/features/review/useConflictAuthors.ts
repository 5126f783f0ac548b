import { useTranslation } from 'react-i18next'
import { formatInstant } from '#app/language/dates.ts'
import { useAuthorWords } from '#app/words/useAuthorWords.ts'
import type { ConflictDetail } from '#domain/sync/issue.ts'
import type { Unit } from './choices.ts'
import type { Question } from './questions.ts'

type Author = ConflictDetail['toBy']
export type AuthorsOf = (unit: Unit) => { stands: string | null; other: string | null }

/** Who wrote which value, and when; null where nobody knows. */
export function useConflictAuthors(question: Question, detail: ConflictDetail | null): AuthorsOf {
  const { t, i18n } = useTranslation()
  const whoIs = useAuthorWords()
  const words = (author: Author) =>
    author == null ? null : t('review.author', { who: whoIs(author.id, author.name), when: formatInstant(author.at, i18n.language) })
  const wrote: Author = detail?.toBy ?? (detail && question.actorId ? { id: question.actorId, name: null, at: detail.deviceTime } : null)
  return (unit) => {
    const row = detail?.fields.find(({ field }) => field === unit[0]?.field)
    const [current, to] = [words(row?.currentBy), words(wrote)]
    return row?.stands === 'to' ? { stands: to, other: current } : { stands: current, other: to }
  }
}
