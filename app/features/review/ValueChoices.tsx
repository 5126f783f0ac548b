import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { fits, holdsOther, othersOf, type Unit, unitKey } from './choices.ts'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { type Side, UnitChoice } from './UnitChoice.tsx'
import { useSettling } from './useSettling.tsx'

export interface ValueChoicesProps extends FrameProps {
  title: string
  hint: string
  question: Question
  record: Fields
  units: readonly Unit[]
  sidesOf: (unit: Unit) => { stands: Side; other: Side }
}

/** Fact by fact, or all at once. The question closes with its last fact; what was chosen before is saved already. */
export function ValueChoices({ title, hint, question, record, units, sidesOf, ...frame }: ValueChoicesProps) {
  const { t } = useTranslation()
  const { close, write, chooseOther } = useSettling()
  const [kept, setKept] = useState<readonly string[]>([])
  const collection = collections[question.collection]
  const answerOf = (unit: Unit) => {
    if (kept.includes(unitKey(unit))) return 'kept'
    return holdsOther(unit, record) ? 'other' : 'open'
  }
  const open = units.filter((unit) => answerOf(unit) === 'open')
  const isLast = (unit: Unit) => open.every((left) => left === unit)
  const keepAll = () => void write(() => close(question, 'resolved'), t('review.done.kept'))
  const keep = (unit: Unit) => (isLast(unit) ? keepAll() : setKept([...kept, unitKey(unit)]))
  const actions = (
    <>
      {open.length > 1 && fits(collection, record, othersOf(open)) && (
        <Button kind="secondary" onPress={() => void chooseOther(question, open, record, true)}>
          {t('review.useOthers')}
        </Button>
      )}
      <Button kind={open.length === 0 ? 'primary' : 'secondary'} onPress={keepAll}>
        {t('review.keepAll')}
      </Button>
    </>
  )
  return (
    <IssueFrame {...frame} title={title} actions={open.length === 1 ? undefined : actions}>
      <p>{hint}</p>
      {units.map((unit) => (
        <UnitChoice
          key={unitKey(unit)}
          unit={unit}
          record={record}
          {...sidesOf(unit)}
          answer={answerOf(unit)}
          mayUse={fits(collection, record, othersOf([unit]))}
          onUse={() => void chooseOther(question, [unit], record, isLast(unit))}
          onKeep={() => keep(unit)}
        />
      ))}
    </IssueFrame>
  )
}
