import { useRouteError } from '@remix-run/react'
import { type ReactNode, useEffect, useState } from 'react'
import { storedAccount } from '#app/session/account.ts'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { FailurePage, FailureWords } from './FailurePage.tsx'
import { failureOf } from './failure.ts'
import { Shell } from './Shell.tsx'

export interface ShellFailureProps {
  account?: SignedInAccount | undefined
  /** What this device can show of the page without the server. */
  children?: ReactNode
}

/** Keeps the menu around a page that failed. Without an account of the layout, the device's is taken once hydrated. */
export function ShellFailure({ account, children }: ShellFailureProps) {
  const error = useRouteError()
  const [known, setKnown] = useState(account)
  useEffect(() => setKnown((before) => before ?? storedAccount()?.account), [])
  if (known === undefined) return <FailurePage />
  return (
    <Shell account={known}>
      <FailureWords />
      {failureOf(error) === 'needsServer' && children}
    </Shell>
  )
}
