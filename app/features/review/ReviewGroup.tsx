import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { IssueBanner } from './IssueBanner.tsx'
import type { Question } from './questions.ts'
import { Subject } from './Subject.tsx'

/** So many are drawn at once. */
const ROWS = 25

export function ReviewGroup({ title, questions }: { title: string; questions: readonly Question[] }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(ROWS)
  const left = questions.length - shown
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-bold">{title}</h2>
      <ul className="flex flex-col gap-3">
        {questions.slice(0, shown).map((question) => (
          <li key={question.id}>
            <IssueBanner question={question} startsOpen={false} subject={<Subject question={question} />} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button kind="secondary" onPress={() => setShown(shown + ROWS)}>
          {t('review.more', { count: Math.min(left, ROWS) })}
        </Button>
      )}
    </section>
  )
}
