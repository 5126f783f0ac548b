import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { StatusMark } from '#app/ui/StatusMark.tsx'
import { useFieldWords } from '#app/words/useFieldWords.ts'
import type { Fields, Scalar } from '#domain/scalars.ts'
import { hasMovedOn, type Unit } from './choices.ts'

export interface Side {
  term: string
  /** Who and when, in words. */
  by?: string | null
}

export interface UnitChoiceProps {
  unit: Unit
  /** The record as it is now; undefined when it is gone. */
  record: Fields | undefined
  stands: Side
  other: Side
  answer: 'open' | 'other' | 'kept'
  /** The other value may be written onto the record as it is. */
  mayUse: boolean
  /** null where all units are answered together. */
  onUse: (() => void) | null
  onKeep: () => void
}

/** Two values of one fact side by side, and the choice between them. */
export function UnitChoice({ unit, record, stands, other, answer, mayUse, onUse, onKeep }: UnitChoiceProps) {
  const { t, i18n } = useTranslation()
  const { nameOf, wordsOf } = useFieldWords()
  const names = new Intl.ListFormat(i18n.language).format(unit.map(({ field }) => nameOf(field)))
  const lines = (value: (choice: Unit[number]) => Scalar) =>
    unit.map((choice) => ({ name: unit.length > 1 ? nameOf(choice.field) : null, words: wordsOf(choice.field, value(choice)) }))
  const now = record !== undefined && hasMovedOn(unit, record) ? lines(({ field }) => record[field] ?? null) : null
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <legend className="sr-only">{names}</legend>
      <p aria-hidden="true" className="font-semibold">
        {names}
      </p>
      <dl className="grid gap-4 tablet:grid-cols-2">
        <Value {...stands} lines={lines((choice) => choice.stands)} strong={answer !== 'other'} />
        <Value {...other} lines={lines((choice) => choice.other)} strong={answer === 'other'} />
        {now !== null && <Value term={t('review.since')} lines={now} strong />}
      </dl>
      {answer === 'other' && <StatusMark tone="good">{t('review.otherUsed')}</StatusMark>}
      {answer === 'kept' && <StatusMark tone="good">{t('review.kept')}</StatusMark>}
      {answer === 'open' && onUse !== null && !mayUse && <p className="text-sm">{t('review.doesNotFit')}</p>}
      {answer === 'open' && onUse !== null && (
        <div className="flex flex-wrap gap-3">
          {mayUse && (
            <Button kind="secondary" onPress={onUse} aria-label={t('review.useOtherOf', { field: names })}>
              {t('review.useOther')}
            </Button>
          )}
          <Button kind="secondary" onPress={onKeep} aria-label={t('review.keepOf', { field: names })}>
            {t('review.keep')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

interface ValueProps extends Side {
  lines: readonly { name: string | null; words: string }[]
  strong: boolean
}

function Value({ term, by, lines, strong }: ValueProps) {
  return (
    <div className={`min-w-0 border-s-4 ps-3 ${strong ? 'border-primary' : 'border-line-strong'}`}>
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd>
        {lines.map(({ name, words }) => (
          <p key={`${name}${words}`} className="break-words whitespace-pre-line">
            {name !== null && <span className="text-sm text-ink-soft">{name}: </span>}
            <bdi className="font-semibold">{words}</bdi>
          </p>
        ))}
        {by != null && <p className="text-sm text-ink-soft">{by}</p>}
      </dd>
    </div>
  )
}
