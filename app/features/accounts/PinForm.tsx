import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unlockWithPin } from '#app/session/opening.ts'
import { Button } from '#app/ui/Button.tsx'
import { PinField } from './PinField.tsx'

export interface PinFormProps {
  onOpen: () => void
  /** Too many wrong ones, or somebody wants it: the password is asked for. */
  onPassword: () => void
}

/** The short way in while the app has been running. */
export function PinForm({ onOpen, onPassword }: PinFormProps) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [left, setLeft] = useState<number>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const triesLeft = await unlockWithPin(pin)
    setPin('')
    if (triesLeft === null) onOpen()
    else if (triesLeft === 0) onPassword()
    else setLeft(triesLeft)
  }
  return (
    <form noValidate autoComplete="off" className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
      <PinField value={pin} onChange={setPin} error={left === undefined ? undefined : t('lock.pinWrong', { count: left })} autoFocus />
      <Button type="submit">{t('lock.submit')}</Button>
      <Button kind="quiet" onPress={onPassword}>
        {t('lock.usePassword')}
      </Button>
    </form>
  )
}
