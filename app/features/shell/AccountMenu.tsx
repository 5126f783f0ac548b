import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '#app/session/account.ts'
import { Button } from '#app/ui/Button.tsx'
import { Popup } from '#app/ui/Popup.tsx'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

const FACE = 'grid size-12 place-items-center rounded-full'
const INITIALS = 'grid size-10 place-items-center rounded-full bg-primary text-sm font-bold text-on-primary'

export function AccountMenu({ account }: { account: SignedInAccount }) {
  const { t } = useTranslation()
  return (
    <Popup label={t('shell.account.menu')} look={FACE} face={<span className={INITIALS}>{initials(account.name)}</span>}>
      {() => (
        <div className="flex w-72 max-w-[calc(100vw-3rem)] flex-col gap-4 p-3">
          <div className="min-w-0">
            <p className="truncate font-semibold">{account.name}</p>
            <p className="truncate text-sm text-ink-soft">{account.email}</p>
          </div>
          <div>
            <LanguageSwitch />
          </div>
          <SignOut />
        </div>
      )}
    </Popup>
  )
}

/** A form, so that it works before the scripts do; with them, the device forgets the account as well. */
function SignOut() {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  const leave = async () => {
    setFailed(false)
    if (await signOut()) location.assign('/sign-in')
    else setFailed(true)
  }
  return (
    <form
      method="post"
      action="/sign-out"
      onSubmit={(event) => {
        event.preventDefault()
        void leave()
      }}
    >
      <Button type="submit" kind="secondary" className="w-full">
        <LogOut aria-hidden="true" className="size-5" />
        {t('shell.account.signOut')}
      </Button>
      <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {failed ? t('shell.account.signOutFailed') : null}
      </p>
    </form>
  )
}

function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => !part.endsWith('.'))
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? '').join('')
}
