import { type HeadersFunction, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation, useRouteLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import { LastFigures } from '#app/features/dashboard/LastFigures.tsx'
import { Shell } from '#app/features/shell/Shell.tsx'
import { ShellFailure } from '#app/features/shell/ShellFailure.tsx'
import { refreshAccount, storedAccount } from '#app/session/account.ts'

/**
 * The layout of the pages that need the server. It asks for an account and nothing more: each page below checks
 * for itself what the account may do, because a parent's check does not protect a child.
 */
export function loader({ context, request }: LoaderFunctionArgs) {
  if (context.account !== null) return { account: context.account }
  const { pathname, search } = new URL(request.url)
  throw redirect(`/sign-in?next=${encodeURIComponent(pathname.replace(/\.data$/, '') + search)}`)
}

/** What a page that cannot be shown says of itself, such as when to come back. */
export const headers: HeadersFunction = ({ errorHeaders }) => errorHeaders ?? {}

export default function Office() {
  const { account } = useLoaderData<typeof loader>()
  useEffect(() => {
    // So that this device starts offline as this account.
    if (storedAccount()?.account.id !== account.id) void refreshAccount()
  }, [account.id])
  return (
    <Shell account={account}>
      <Outlet />
    </Shell>
  )
}

export function ErrorBoundary() {
  const shown = useRouteLoaderData<typeof loader>('routes/_office')
  const { pathname } = useLocation()
  return <ShellFailure account={shown?.account}>{pathname === '/dashboard' && <LastFigures />}</ShellFailure>
}
