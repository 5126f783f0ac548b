import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecords } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import { TextField } from '#app/ui/TextField.tsx'
import { fullName } from '#domain/clients/client.ts'
import { spokenClientNumber } from '#domain/clients/number.ts'
import { confirmsClient, nameToType } from '#domain/clients/typedName.ts'
import type { RecordOf } from '#domain/collections.ts'

import { useRemoval } from './useRemoval.tsx'

export interface RemoveDialogProps {
  client: RecordOf<'clients'>
  onClose: () => void
}

export function RemoveDialog({ client, onClose }: RemoveDialogProps) {
  const { t } = useTranslation()
  const { remove } = useRemoval()
  const enrollments = useRecords('enrollments').filter(({ record }) => record.clientId === client.id).length
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const name = nameToType(client)
  const submit = () => (confirmsClient(client, typed) ? void remove(client) : setWrong(true))
  return (
    <Dialog role="alertdialog" title={t('removal.title', { name: fullName(client) })} open onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p>
          {t('removal.hint')} {enrollments > 0 && t('removal.enrollments', { count: enrollments })}
        </p>
        <TextField
          id="confirm-removal"
          label={name === null ? t('removal.typeNumber') : t('removal.typeName', { name })}
          hint={<bdi className="font-mono">{spokenClientNumber(client.id)}</bdi>}
          autoComplete="off"
          autoFocus
          value={typed}
          onChange={(value) => {
            setTyped(value)
            setWrong(false)
          }}
          error={isWrong ? t('removal.mismatch') : undefined}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onPress={onClose}>
            {t('fields.cancel')}
          </Button>
          <Button kind="danger" type="submit">
            {t('removal.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
