import { useTranslation } from 'react-i18next'
import { notSaved } from '#app/session/notSaved.ts'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { fieldsToName, othersOf, type Unit, valuesNow } from './choices.ts'
import type { Question } from './questions.ts'

/** Answers open questions: what is chosen is written down first, then the question is closed; both wait in the outbox offline. */
export function useSettling() {
  const { t } = useTranslation()
  const tablet = useTablet()
  const say = useStatus()

  const close = (question: Question, state: 'resolved' | 'discarded') =>
    tablet.save({ collection: 'issues', recordId: question.id, op: 'edit', values: { state }, seen: seenOf(question) })

  const write = async (work: () => Promise<unknown>, words: string, undo?: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
    } catch (error) {
      say({ tone: 'danger', words: t(notSaved(error)) })
      return false
    }
    const takeBack = undo && (
      <Button kind="secondary" onPress={() => void write(undo, t('review.done.undone'))}>
        {t('review.undo')}
      </Button>
    )
    say({ tone: 'good', words, action: takeBack })
    requestAnimationFrame(focusIfLost)
    return true
  }

  const correct = ({ collection, recordId }: Question, values: Fields) => {
    const seen = tablet.record(collection, recordId)?.record
    return seen === undefined ? Promise.resolve() : tablet.save({ collection, recordId, op: 'edit', values, seen: { ...seen } })
  }

  /** A restore brings back what was held and edits nothing, so what is wanted besides is an edit behind it. */
  const restore = async ({ collection, recordId }: Question, held: Fields, wanted: Fields) => {
    const seen = { ...held, id: recordId, seq: 0 }
    await tablet.save({ collection, recordId, op: 'restore', values: held, seen })
    const edits = fieldsToName(collections[collection], 'edit').filter((field) => field in wanted)
    const values = Object.fromEntries(edits.map((field) => [field, wanted[field] ?? null]))
    await tablet.save({ collection, recordId, op: 'edit', values, seen })
  }

  /** Closing is not taken back, but the value is offered again. */
  const chooseOther = (question: Question, units: readonly Unit[], record: Fields, isLast: boolean) => {
    const before = valuesNow(units, record)
    const choose = async () => {
      await correct(question, othersOf(units))
      if (isLast) await close(question, 'resolved')
    }
    return write(choose, t('review.done.other'), () => correct(question, before))
  }
  return { close, write, chooseOther, restore }
}

/** An issue that has not come down is known by its id alone; the server compares no more than the state. */
function seenOf({ issue }: Question): Fields {
  return issue === null ? { state: 'open', seq: 0 } : { ...issue }
}

/** The button that was pressed is gone with its question: the keyboard goes on from the page. */
function focusIfLost(): void {
  if (document.activeElement === null || document.activeElement === document.body)
    document.getElementById('main')?.focus({ preventScroll: true })
}
