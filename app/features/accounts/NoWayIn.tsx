import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Session, signOut } from '#app/session/account.ts'
import { startAnew } from '#app/session/startAnew.ts'
import { useUnsentNow } from '#app/session/useUnsentCounts.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { ConfirmDialog } from '#app/ui/Dialog.tsx'
import { SignInAnew } from './SignInAnew.tsx'
import { UnsentHere } from './UnsentHere.tsx'

/** When no password opens this tablet: there is no key yet, or what lies here is of one that is gone. */
export function NoWayIn({ session, why }: { session: Session; why: 'no-key' | 'other-key' }) {
  const { t } = useTranslation()
  const isNew = why === 'no-key'
  return (
    <>
      <header>
        <h1 className="text-2xl font-bold">{t(isNew ? 'lock.noKeyTitle' : 'lock.otherKeyTitle')}</h1>
        <p className="mt-1 text-ink-soft">{t(isNew ? 'lock.noKeyLead' : 'lock.otherKeyLead')}</p>
      </header>
      <UnsentHere />
      <SignInAnew words={t('lock.signIn')} />
      {!isNew && <Anew session={session} />}
    </>
  )
}

function Anew({ session }: { session: Session }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const unsent = useUnsentNow(session.account.id)()
  const [failed, setFailed] = useState(false)
  const begin = async () => {
    setAsking(false)
    // First, as without a server there would be nothing to start anew with.
    if (!(await signOut())) return setFailed(true)
    await startAnew(session)
    location.assign('/sign-in')
  }
  return (
    <>
      {failed && (
        <div role="alert">
          <Banner tone="warn">{t('lock.needsServer')}</Banner>
        </div>
      )}
      <Button kind="danger" onPress={() => setAsking(true)}>
        {t('lock.anew')}
      </Button>
      <ConfirmDialog
        title={t('lock.anewTitle')}
        open={isAsking}
        onClose={() => setAsking(false)}
        confirm={t('lock.anewConfirm')}
        cancel={t('lock.anewCancel')}
        onConfirm={() => void begin()}
        danger
      >
        <p>{t('lock.anewBody')}</p>
        {unsent > 0 && <p className="mt-2 font-semibold">{t('lock.anewLost', { count: unsent })}</p>}
      </ConfirmDialog>
    </>
  )
}
