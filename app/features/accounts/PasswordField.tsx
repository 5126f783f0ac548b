import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { TextField } from '#app/ui/TextField.tsx'

export interface PasswordFieldProps {
  /** Its id too. */
  name?: string
  label?: string
  autoComplete: 'new-password' | 'current-password'
  hint?: string
  error?: string | undefined
}

/** What was typed can be looked at: long sentences are mistyped on tablets. It is never sent back by the server. */
export function PasswordField({ name = 'password', label, hint, error, autoComplete }: PasswordFieldProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const Sign = shown ? EyeOff : Eye
  return (
    <div className="flex flex-col items-start gap-1">
      <TextField
        id={name}
        name={name}
        type={shown ? 'text' : 'password'}
        label={label ?? t('fields.password')}
        hint={hint}
        error={error}
        autoComplete={autoComplete}
        spellCheck="false"
        className="w-full"
      />
      <Button kind="quiet" className="-ms-3" aria-pressed={shown} onPress={() => setShown(!shown)}>
        <Sign aria-hidden="true" className="size-5" />
        {t(shown ? 'accounts.hidePassword' : 'accounts.showPassword')}
      </Button>
    </div>
  )
}
