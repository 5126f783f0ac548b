import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { othersOf, type Unit, unitKey } from './choices.ts'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { UnitChoice } from './UnitChoice.tsx'
import type { AuthorsOf } from './useConflictAuthors.ts'
import { useRemoved } from './useRemoved.ts'
import { useSettling } from './useSettling.tsx'

export interface EditOfRemovedProps extends FrameProps {
  question: Question
  units: readonly Unit[]
  authorsOf: AuthorsOf
}

/** The record was removed and changed by two people: it stays removed until somebody brings it back. */
export function EditOfRemoved({ question, units, authorsOf, ...frame }: EditOfRemovedProps) {
  const { t } = useTranslation()
  const { close, write, restore } = useSettling()
  const say = useStatus()
  const { recordName } = useRecordNames()
  const { collection, recordId } = question
  const { remembered, askHeld } = useRemoved(collection, recordId)
  const name = recordName(collection, recordId, remembered)
  const bringBack = async () => {
    const held = await askHeld()
    if (held === null) return say({ tone: 'warn', words: t('review.bringBackNeedsServer') })
    const back = () => restore(question, held, othersOf(units)).then(() => close(question, 'resolved'))
    await write(back, t('review.done.broughtBack', { name }))
  }
  const actions = (
    <>
      <Button kind="secondary" onPress={() => void bringBack()}>
        {t('review.bringBack')}
      </Button>
      <Button kind="quiet" onPress={() => void write(() => close(question, 'resolved'), t('review.done.kept'))}>
        {t('review.leaveRemoved')}
      </Button>
    </>
  )
  return (
    <IssueFrame {...frame} title={t('review.removedConflict', { name })} actions={actions}>
      <p>{t('review.removedConflictHint')}</p>
      {units.map((unit) => (
        <UnitChoice
          key={unitKey(unit)}
          unit={unit}
          record={undefined}
          stands={{ term: t('review.before') }}
          other={{ term: t('review.other'), by: authorsOf(unit).other }}
          answer="open"
          mayUse={false}
          onUse={null}
          onKeep={() => undefined}
        />
      ))}
    </IssueFrame>
  )
}
