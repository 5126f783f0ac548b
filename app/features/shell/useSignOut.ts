import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '#app/session/account.ts'
import { deviceKey } from '#app/session/deviceKey.ts'
import { useUnsentNow } from '#app/session/useUnsentCounts.ts'
import { useStatus } from '#app/ui/Status.tsx'

/** Leaves at once when everything is sent, and asks first when something is not. */
export function useSignOut(accountId: string) {
  const { t } = useTranslation()
  const say = useStatus()
  const unsentNow = useUnsentNow(accountId)
  const [unsent, setUnsent] = useState<number | null>(null)
  const leave = async () => {
    setUnsent(null)
    if (await signOut()) {
      deviceKey().leave()
      location.assign('/sign-in')
    } else say({ tone: 'danger', words: t('shell.account.signOutFailed') })
  }
  const begin = () => {
    const count = unsentNow()
    if (count > 0) setUnsent(count)
    else void leave()
  }
  return { begin, question: { unsent, onStay: () => setUnsent(null), onLeave: () => void leave() } }
}
