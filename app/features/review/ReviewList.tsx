import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#app/ui/EmptyState.tsx'
import { Select } from '#app/ui/Select.tsx'
import { ISSUE_KINDS, type IssueFields } from '#domain/sync/issue.ts'
import type { Question } from './questions.ts'
import { ReviewGroup } from './ReviewGroup.tsx'

/** All open questions, by kind; those that lose something while they wait stand first. */
export function ReviewList({ questions }: { questions: readonly Question[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState('')
  const groups = ISSUE_KINDS.map((kind) => ({ kind, questions: questions.filter((question) => question.kind === kind) })).filter(
    (group) => group.questions.length > 0,
  )
  if (groups.length === 0)
    return (
      <EmptyState title={t('review.none')} Icon={CircleCheck}>
        {t('review.noneHint')}
      </EmptyState>
    )
  const nameOf = (kind: IssueFields['kind'], count: number) => t('review.kindCount', { kind: t(`review.kinds.${kind}`), count })
  const shown = groups.filter(({ kind }) => chosen === '' || kind === chosen)
  return (
    <>
      <Select
        label={t('review.filter')}
        className="max-w-sm"
        value={chosen}
        onChange={setChosen}
        choices={[
          { value: '', label: t('review.all', { count: questions.length }) },
          ...ISSUE_KINDS.map((kind) => ({
            value: kind,
            label: nameOf(kind, questions.filter((question) => question.kind === kind).length),
          })),
        ]}
      />
      {shown.length === 0 && <p className="text-ink-soft">{t('review.noneOfKind')}</p>}
      {shown.map((group) => (
        <ReviewGroup key={group.kind} title={nameOf(group.kind, group.questions.length)} questions={group.questions} />
      ))}
    </>
  )
}
