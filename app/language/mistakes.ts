import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { problems } from './en/problems.ts'

/** What is wrong with a form, by the id of the field, as a key of the `problems` area: the server knows no words. */
export type MistakeWord = keyof typeof problems
export type Mistakes = Readonly<Record<string, MistakeWord>>

interface ParseError {
  issues: readonly { path: readonly PropertyKey[] }[]
}

/** @param words what to say of each field that a schema refused */
export function mistakesOf(error: ParseError, words: Mistakes): Mistakes {
  const fields = new Set(error.issues.map(({ path }) => String(path[0])))
  return Object.fromEntries([...fields].map((field) => [field, words[field] ?? 'invalid']))
}

/** The mistakes in the person's language, for the summary above the form and for each field. */
export function useMistakes(mistakes: Mistakes | undefined) {
  const { t } = useTranslation()
  const listed = useMemo(
    () => Object.entries(mistakes ?? {}).map(([field, word]) => ({ field, words: t(`problems.${word}`) })),
    [mistakes, t],
  )
  const summary = { title: t('fields.correct', { count: listed.length }), mistakes: listed }
  return { summary, of: (field: string) => listed.find((mistake) => mistake.field === field)?.words }
}
