import { LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/Button.tsx'
import { ConfirmDialog } from '#app/ui/Dialog.tsx'

/** A form, so that it works before the scripts do; with them, what is unsent is asked about and the device forgets the account. */
export function SignOut({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <form
      method="post"
      action="/sign-out"
      onSubmit={(event) => {
        event.preventDefault()
        onLeave()
      }}
    >
      <Button type="submit" kind="secondary" className="w-full">
        <LogOut aria-hidden="true" className="size-5" />
        {t('shell.account.signOut')}
      </Button>
    </form>
  )
}

export interface UnsentQuestionProps {
  /** How many changes are on this device only; null while nobody is asked. */
  unsent: number | null
  onStay: () => void
  onLeave: () => void
}

/** Signing out never removes data, but what is unsent then waits for the same person. */
export function UnsentQuestion({ unsent, onStay, onLeave }: UnsentQuestionProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('shell.account.unsentTitle', { count: unsent ?? 0 })}
      open={unsent !== null}
      onClose={onStay}
      confirm={t('shell.account.signOutAnyway')}
      cancel={t('shell.account.stay')}
      onConfirm={onLeave}
      staying
    >
      {t('shell.account.unsentBody', { count: unsent ?? 0 })}
    </ConfirmDialog>
  )
}
