import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Person } from './people.ts'

/** Who is here and what they changed, in words. */
export function useLiveWords() {
  const { t, i18n } = useTranslation()
  const { account } = useTablet()
  const { nameOf, wordsOf } = useFieldWords()
  const isMe = (person: Person) => person.account === account.id

  /** The name of somebody who has it open, else "another person"; null for oneself in another tab or on another device. */
  const who = (id: string | null, people: readonly Person[]): string | null => {
    if (id === account.id) return null
    return people.find((person) => person.account === id)?.name ?? t('live.anotherPerson')
  }
  const changedBy = (key: 'taken' | 'other', id: string | null, people: readonly Person[], field = ''): string => {
    const name = who(id, people)
    return name === null ? t(`live.${key}ByNobody`, { field }) : t(`live.${key}`, { field, who: name })
  }

  return {
    editingThis: (person: Person) => (isMe(person) ? t('live.editingThisByYou') : t('live.editingThis', { name: person.name })),
    taken: (field: string, by: string | null, people: readonly Person[]) => changedBy('taken', by, people, field),
    other: (by: string | null, people: readonly Person[]) => changedBy('other', by, people),
    /** A date of birth that was worked out from an age says so. */
    valueWords: ({ fields }: { fields: readonly string[] }, record: Fields): string => {
      const words = fields.filter((field) => typeof record[field] !== 'boolean').map((field) => wordsOf(field, record[field] ?? null))
      const flags = fields.filter((field) => record[field] === true).map(nameOf)
      return [...words, ...flags].join(' · ')
    },
    /** One sentence for each who types, and one for all who have it open. */
    here: (people: readonly Person[]): string[] => {
      const typing = people.flatMap((person) => {
        if (person.field === null) return []
        const field = nameOf(person.field)
        return [isMe(person) ? t('live.editingByYou', { field }) : t('live.editing', { name: person.name, field })]
      })
      const reading = people.filter((person) => person.field === null)
      const others = reading.filter((person) => !isMe(person)).map(({ name }) => name)
      return [
        ...typing,
        ...(others.length === 0
          ? []
          : [t('live.open', { count: others.length, names: new Intl.ListFormat(i18n.language).format(others) })]),
        ...(reading.some(isMe) ? [t('live.openByYou')] : []),
      ]
    },
  }
}
