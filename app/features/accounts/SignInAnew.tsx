import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '#app/session/account.ts'
import { Banner } from '#app/ui/Banner.tsx'
import { Button } from '#app/ui/Button.tsx'

/** To the sign-in page, for whoever cannot unlock. What lies on the tablet stays there, locked. */
export function SignInAnew({ words }: { words?: string }) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  const leave = async () => {
    if (await signOut()) location.assign('/sign-in')
    else setFailed(true)
  }
  return (
    <>
      {failed && (
        <div role="alert">
          <Banner tone="warn">{t('lock.needsServer')}</Banner>
        </div>
      )}
      <Button kind={words === undefined ? 'secondary' : 'primary'} onPress={() => void leave()}>
        {words ?? t('lock.somebodyElse')}
      </Button>
    </>
  )
}
