import { useTranslation } from 'react-i18next'
import type { Session } from '#app/session/account.ts'
import { Anew } from './Anew.tsx'
import { SignInAnew } from './SignInAnew.tsx'
import { UnsentHere } from './UnsentHere.tsx'

export interface NoWayInProps {
  session: Session
  why: 'no-key' | 'other-key'
  /** Changes that the server has by now. */
  delivered: number
}

/** When no password opens this tablet: there is no key yet, or what lies here is of one that is gone. */
export function NoWayIn({ session, why, delivered }: NoWayInProps) {
  const { t } = useTranslation()
  const isNew = why === 'no-key'
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{t(isNew ? 'lock.noKeyTitle' : 'lock.otherKeyTitle')}</h1>
        <p className="mt-1 text-ink-soft">{t(isNew ? 'lock.noKeyLead' : 'lock.otherKeyLead')}</p>
      </header>
      <UnsentHere delivered={delivered} />
      <SignInAnew words={t('lock.signIn')} />
      {!isNew && <Anew session={session} delivered={delivered} />}
    </>
  )
}
