import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Session, signOut } from '#app/session/account.ts'
import { startAnew } from '#app/session/startAnew.ts'
import { useUnsentNow } from '#app/session/useUnsentCounts.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'
import { ConfirmDialog } from '#app/ui/Dialog.tsx'

/** @param delivered changes that the server has by now: they are not lost */
export function Anew({ session, delivered }: { session: Session; delivered: number }) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const unsent = Math.max(0, useUnsentNow(session.account.id)() - delivered)
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
