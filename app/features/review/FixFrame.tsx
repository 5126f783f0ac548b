import type { PropsWithChildren } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '#app/ui/Banner.tsx'
import { PageHeader } from '#app/ui/PageHeader.tsx'
import { REJECTION_REASONS } from '#domain/sync/change.ts'
import type { Question } from './questions.ts'
import { useQuestionName } from './useQuestionName.ts'

/** Whom a refused change is about, and why it was refused, above the form that corrects it. */
export function FixFrame({ question, children }: PropsWithChildren<{ question: Question }>) {
  const { t } = useTranslation()
  const nameOfQuestion = useQuestionName()
  const reason = REJECTION_REASONS.find((name) => name === question.reason) ?? 'other'
  return (
    <>
      <PageHeader title={t('review.again.title')}>{nameOfQuestion(question)}</PageHeader>
      <Banner tone="warn">{t(`sync.reason.${reason}`)}</Banner>
      {children}
    </>
  )
}
