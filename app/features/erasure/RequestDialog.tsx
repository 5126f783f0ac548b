import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ErasureAnswer, requestErasure } from '#app/session/erasureRequest.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import { Select } from '#app/ui/Select.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { fullName } from '#domain/clients/client.ts'
import { ERASURE_REASONS } from '#domain/clients/erasure.ts'
import type { RecordOf } from '#domain/collections.ts'
import { useReasons } from './useReasons.ts'

const TONES = { sent: 'good', known: 'good', refused: 'danger', offline: 'danger' } as const satisfies Record<ErasureAnswer, string>

export function RequestDialog({ client, onClose }: { client: RecordOf<'clients'>; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useStatus()
  const reasons = useReasons()
  const [chosen, setChosen] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isSending, setSending] = useState(false)
  const send = async () => {
    const reason = ERASURE_REASONS.find((name) => name === chosen)
    if (reason === undefined) return setMissing(true)
    setSending(true)
    const answer = await requestErasure({ clientId: client.id, reason })
    say({ tone: TONES[answer], words: t(`erasure.ask.${answer}`) })
    onClose()
  }
  return (
    <Dialog role="alertdialog" title={t('erasure.ask.title', { name: fullName(client) })} open onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending) void send()
        }}
      >
        <p>{t('erasure.ask.hint')}</p>
        <Select
          id="erasure-reason"
          label={t('erasure.reason')}
          choices={reasons}
          empty=""
          value={chosen}
          onChange={(reason) => {
            setChosen(reason)
            setMissing(false)
          }}
          error={isMissing ? t('erasure.ask.chooseReason') : undefined}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onPress={onClose}>
            {t('fields.cancel')}
          </Button>
          <Button kind="danger" type="submit">
            {t('erasure.ask.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
