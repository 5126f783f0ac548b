import { useTranslation } from 'react-i18next'
import { useRecord, useTablet } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { useRecordNames } from '#app/words/useRecordNames.ts'
import { type FrameProps, IssueFrame } from './IssueFrame.tsx'
import type { Question } from './questions.ts'
import { useSettling } from './useSettling.tsx'

/** A removal that did not stand, because somebody else had changed the record unseen. */
export function RemovalConflict({ question, ...frame }: FrameProps & { question: Question }) {
  const { t } = useTranslation()
  const tablet = useTablet()
  const { close, write } = useSettling()
  const { recordName } = useRecordNames()
  const { collection, recordId } = question
  const record = useRecord(collection, recordId)?.record
  const name = recordName(collection, recordId)
  const remove = async () => {
    if (record !== undefined) await tablet.save({ collection, recordId, op: 'delete', values: {}, seen: { ...record } })
    await close(question, 'resolved')
  }
  const actions = (
    <>
      <Button kind="secondary" onPress={() => void write(() => close(question, 'resolved'), t('review.done.kept'))}>
        {t('review.keepRecord')}
      </Button>
      <Button kind="danger" onPress={() => void write(remove, t('review.done.removed', { name }))}>
        {t('review.removeNow')}
      </Button>
    </>
  )
  return (
    <IssueFrame {...frame} title={t('review.removalConflict', { name })} actions={actions}>
      <p>{t('review.removalConflictHint')}</p>
    </IssueFrame>
  )
}
