import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { Checkbox } from '#app/ui/Checkbox.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import type { Question } from './questions.ts'
import { RefusedContent } from './RefusedContent.tsx'
import { useSettling } from './useSettling.tsx'

/** Gives a change up for good: what goes is shown, and has to be ticked as read before the button works. */
export function Discard({ question }: { question: Question }) {
  const { t } = useTranslation()
  const { close, write } = useSettling()
  const [isAsking, setAsking] = useState(false)
  const [isRead, setRead] = useState(false)
  const leave = () => {
    setAsking(false)
    setRead(false)
  }
  const discard = () => {
    leave()
    void write(() => close(question, 'discarded'), t('review.done.discarded'))
  }
  return (
    <>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        {t('review.discard')}
      </Button>
      <Dialog role="alertdialog" title={t('review.discardTitle')} open={isAsking} onClose={leave}>
        <p>{t('review.discardHint')}</p>
        <RefusedContent question={question} />
        {question.refused?.op === 'create' && <p>{t('review.discardChildren')}</p>}
        <Checkbox isSelected={isRead} onChange={setRead}>
          {t('review.discardCheck')}
        </Checkbox>
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onPress={leave}>
            {t('fields.cancel')}
          </Button>
          <Button kind="danger" isDisabled={!isRead} onPress={discard}>
            {t('review.discardConfirm')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
