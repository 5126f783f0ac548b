import { KeyRound } from 'lucide-react'
import { type FormEvent, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choosePin } from '#app/session/opening.ts'
import { PIN } from '#app/session/pin.ts'
import { TabletContext } from '#app/session/useTablet.ts'
import { Button } from '#app/ui/Button.tsx'
import { Dialog } from '#app/ui/Dialog.tsx'
import { useStatus } from '#app/ui/Status.tsx'
import { TextField } from '#app/ui/TextField.tsx'

/** Opens the question for a PIN, which needs the password once. Only where the tablet is open. */
export function ChoosePinButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation()
  if (useContext(TabletContext) === null) return null
  return (
    <Button kind="secondary" className="w-full" onPress={onPress}>
      <KeyRound aria-hidden="true" className="size-5" />
      {t('lock.pinChoose')}
    </Button>
  )
}

export function ChoosePin({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const say = useStatus()
  const [password, setPassword] = useState('')
  const [pin, setPin] = useState('')
  const [mistakes, setMistakes] = useState({ password: false, pin: false })
  const close = () => {
    setPassword('')
    setPin('')
    setMistakes({ password: false, pin: false })
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!PIN.test(pin)) return setMistakes({ password: false, pin: true })
    if (!(await choosePin(password, pin))) return setMistakes({ password: true, pin: false })
    say({ tone: 'good', words: t('lock.pinChosen') })
    close()
  }
  return (
    <Dialog title={t('lock.pinChoose')} open={open} onClose={close}>
      <form noValidate autoComplete="off" className="flex flex-col gap-5" onSubmit={(event) => void submit(event)}>
        <p className="text-ink-soft">{t('lock.pinHint')}</p>
        <TextField
          id="pin-password"
          label={t('fields.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={mistakes.password ? t('problems.unlock-failed') : undefined}
        />
        <TextField
          id="pin"
          label={t('lock.pin')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          figures
          maxLength={6}
          value={pin}
          onChange={setPin}
          error={mistakes.pin ? t('lock.pinSix') : undefined}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onPress={close}>
            {t('fields.cancel')}
          </Button>
          <Button type="submit">{t('fields.save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
