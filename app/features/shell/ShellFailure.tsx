import { useEffect, useState } from 'react'
import { storedAccount } from '#app/session/account.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { FailurePage, FailureWords } from './FailurePage.tsx'
import { Shell } from './Shell.tsx'

/** Keeps the menu around a page that failed. Without an account of the layout, the device's is taken once hydrated. */
export function ShellFailure({ account }: { account?: SignedInAccount | undefined }) {
  const [known, setKnown] = useState(account)
  useEffect(() => setKnown((before) => before ?? storedAccount()?.account), [])
  if (known === undefined) return <FailurePage />
  return (
    <Shell account={known}>
      <FailureWords />
    </Shell>
  )
}
