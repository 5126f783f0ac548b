import { SlidersHorizontal, UserCog } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '#app/ui/LinkButton.tsx'
import { Popup } from '#app/ui/Popup.tsx'
import { may } from '#domain/access/access.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { ChoosePin, ChoosePinButton } from './ChoosePin.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { LockNow } from './LockNow.tsx'
import { SignOut, UnsentQuestion } from './SignOut.tsx'
import { useSignOut } from './useSignOut.ts'

const FACE = 'grid size-12 place-items-center rounded-full'
const INITIALS = 'grid size-10 place-items-center rounded-full bg-primary text-sm font-bold text-on-primary'

export function AccountMenu({ account }: { account: SignedInAccount }) {
  const { t } = useTranslation()
  const { begin, question } = useSignOut(account.id)
  const [isChoosing, setChoosing] = useState(false)
  return (
    <>
      <Popup label={t('shell.account.menu')} look={FACE} face={<span className={INITIALS}>{initials(account.name)}</span>}>
        {(close) => (
          <div className="flex w-72 max-w-[calc(100vw-3rem)] flex-col gap-4 p-3">
            <div className="min-w-0">
              <p className="truncate font-semibold">{account.name}</p>
              <p className="truncate text-sm text-ink-soft">{account.email}</p>
            </div>
            <div>
              <LanguageSwitch />
            </div>
            <LinkButton to="/account" kind="secondary" onClick={close}>
              <UserCog aria-hidden="true" className="size-5" />
              {t('shell.account.own')}
            </LinkButton>
            <LinkButton to={may(account.roles, 'field.use') ? '/preferences' : '/account#device'} kind="secondary" onClick={close}>
              <SlidersHorizontal aria-hidden="true" className="size-5" />
              {t('preferences.title')}
            </LinkButton>
            <LockNow />
            <ChoosePinButton
              onPress={() => {
                close()
                setChoosing(true)
              }}
            />
            <SignOut
              onLeave={() => {
                close()
                begin()
              }}
            />
          </div>
        )}
      </Popup>
      <UnsentQuestion {...question} />
      <ChoosePin open={isChoosing} onClose={() => setChoosing(false)} />
    </>
  )
}

function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => !part.endsWith('.'))
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? '').join('')
}
