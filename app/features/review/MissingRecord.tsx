import { useTranslation } from 'react-i18next'
import { useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Unit } from './choices.ts'
import { FieldList } from './FieldList.tsx'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { madeAgain } from './recovered.ts'
import { useSettling } from './useSettling.tsx'

export interface MissingRecordProps extends FrameProps {
  question: Question
  then: Fields
  units: readonly Unit[]
  by: string | null
}

/** The backup lacks the whole record. */
export function MissingRecord({ question, then, units, by, ...frame }: MissingRecordProps) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { close, write } = useSettling()
  const { recordName } = useRecordNames()
  const { collection, recordId } = question
  const name = recordName(collection, recordId, then)
  const values = madeAgain(collections[collection], then)
  const make = async () => {
    await tablet.save({ collection, recordId, op: 'create', values, seen: null })
    await close(question, 'resolved')
  }
  const actions = (
    <>
      <Button kind="secondary" onPress={() => void write(make, t('review.done.broughtBack', { name }))}>
        {t('review.makeAgain')}
      </Button>
      <Button kind="quiet" onPress={() => void write(() => close(question, 'resolved'), t('review.done.kept'))}>
        {t('review.leaveMissing')}
      </Button>
    </>
  )
  return (
    <IssueFrame {...frame} title={t('review.recoveredMissing', { name })} actions={actions}>
      <p>{t('review.recoveredMissingHint')}</p>
      <FieldList rows={units.flat().flatMap(({ field, other }) => (other === null ? [] : [{ field, to: other }]))} />
      {by !== null && <p className="text-sm text-ink-soft">{by}</p>}
    </IssueFrame>
  )
}
